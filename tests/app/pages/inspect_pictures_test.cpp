#include "app/pages/inspect_pictures.h"

#include <QLabel>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/jobs/picture_run.h"
#include "widgets/bridge/class_palette.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/plots/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr ModalityId kColour{0}, kDepth{1};

/// The page's views, and who drives them.
struct Shown {
  PictureGrid grid;
  ModalitySwitchboard switches;
  SubsetTableView subsets;
  SharingDiagram sharing;
  QLabel showing;
  InspectPictures pictures{{grid, switches, subsets, sharing, showing}};
};

}  // namespace

class InspectPicturesTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  PictureRun made_;

  void open(Shown& shown, const std::string& id = "scene6") {
    shown.grid.resize(600, 400);
    shown.pictures.setCohort(made_.cohort);
    shown.pictures.openCase(id);
    shown.pictures.setRun(made_.run);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
  }

 private Q_SLOTS:
  void initTestCase() { made_ = trainOnPictures(folder_.path().toStdString()); }

  void thePageShowsTheSetThatTheResultCarries() {
    Shown shown;
    open(shown);
    QVERIFY2(shown.showing.text().startsWith("Showing: RGB, Depth · mIoU 0."),
             qPrintable(shown.showing.text()));
    shown.pictures.toggle(kDepth);  // asked, not yet answered: the picture is still the old one
    QVERIFY(!shown.switches.set().contains(kDepth));
    QCOMPARE(shown.grid.tile(kDepth)->state(), TileState::On);
    QTRY_COMPARE_WITH_TIMEOUT(shown.grid.tile(kDepth)->state(), TileState::LeftOut, 60000);
    QCOMPARE(shown.pictures.shown()->set, ModalitySet(kColour));
    QCOMPARE(*shown.subsets.selectedSet(), ModalitySet(kColour));
    QVERIFY(shown.showing.text().startsWith("Showing: RGB (Depth left out) · mIoU 0."));
    QVERIFY(shown.showing.text().contains("against all"));
  }

  void thePredictionLiesOverTheTiles() {
    Shown shown;
    open(shown);
    PictureStyle style;
    style.opacity = 1;
    style.truthLines = false;
    shown.grid.setStyle(style);
    const LabelPicture& classes = *shown.pictures.shown()->classes;
    const auto found = std::find(classes.values.begin(), classes.values.end(), 1);
    QVERIFY(found != classes.values.end());
    const auto at = static_cast<std::size_t>(found - classes.values.begin());
    const QPoint pixel(static_cast<int>(at % classes.width), static_cast<int>(at / classes.width));
    const PictureView* tile = shown.grid.tile(kColour);
    const QImage image = tile->render(tile->size(), 1);
    QCOMPARE(image.pixelColor(tile->positionOf(pixel).toPoint()), classColour(1));
    QVERIFY(shown.grid.describe(pixel).contains("predicted square"));
  }

  void aRowOfTheTableShowsThatSubsetAndUndoIsOffered() {
    Shown shown;
    open(shown);
    std::vector<ModalitySet> before;
    connect(&shown.pictures, &InspectPictures::chosen, this,
            [&](ModalitySet was, ModalitySet) { before.push_back(was); });
    Q_EMIT shown.subsets.selected(ModalitySet(kDepth));
    QTRY_COMPARE_WITH_TIMEOUT(shown.pictures.shown()->set, ModalitySet(kDepth), 60000);
    QCOMPARE(shown.switches.set(), ModalitySet(kDepth));
    QCOMPARE(before, std::vector{made_.cohort->schema.all()});
    shown.pictures.show(made_.cohort->schema.all());
    QTRY_COMPARE_WITH_TIMEOUT(shown.pictures.shown()->set, made_.cohort->schema.all(), 60000);
    QCOMPARE(before.size(), std::size_t{1});
  }

  void whatTheCaseLacksIsSaid() {
    Shown shown;
    open(shown, "scene3");
    QCOMPARE(shown.grid.tile(kDepth)->state(), TileState::Absent);
    QVERIFY2(shown.showing.text().startsWith("Showing: RGB (Depth missing)"),
             qPrintable(shown.showing.text()));
    QVERIFY(shown.showing.text().contains("trained on this case"));
  }

  void withoutACohortTheSharedViewsAreLeftAlone() {
    Shown shown;
    open(shown);
    shown.pictures.setCohort(nullptr);
    shown.showing.setText("another task");
    QSignalSpy predicted(&shown.pictures, &InspectPictures::shownChanged);
    shown.switches.toggle(kDepth);
    Q_EMIT shown.subsets.selected(ModalitySet(kColour));
    QTest::qWait(300);
    QCOMPARE(predicted.size(), 0);
    QCOMPARE(shown.showing.text(), QString("another task"));
  }
};

QTEST_MAIN(InspectPicturesTest)
#include "inspect_pictures_test.moc"
