#include "app/inspect/pictures/inspect_pictures.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include "tests/app/jobs/picture_run.h"
#include "tests/test_program.h"
#include "widgets/bridge/class_palette.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/tables/subset_table_view.h"

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
  QString words;
  InspectPictures pictures{{grid, subsets, sharing}};

  /// As the page's controller does.
  explicit Shown(const PictureRun& made, const std::string& id = "scene6") {
    const auto show = [this](ModalitySet set) { pictures.show(set); };
    QObject::connect(&switches, &ModalitySwitchboard::changed, &pictures, show);
    QObject::connect(&subsets, &SubsetTableView::selected, &pictures, show);
    QObject::connect(&pictures, &InspectPictures::pictureShown, &switches,
                     &ModalitySwitchboard::setAvailable);
    QObject::connect(&pictures, &InspectPictures::saying, &pictures,
                     [this](const QString& said) { words = said; });
    grid.resize(600, 400);
    switches.setSchema(made.cohort->schema);
    pictures.setCohort(made.cohort);
    pictures.open(*made.cohort->find(id));
    pictures.setRun(made.run);
  }
};

}  // namespace

class InspectPicturesTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  PictureRun made_;

 private Q_SLOTS:
  void initTestCase() { made_ = trainOnPictures(folder_.path().toStdString()); }

  void thePageShowsTheSetThatTheResultCarries() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    QVERIFY2(shown.words.startsWith("Showing: RGB, Depth · mIoU 0."), qPrintable(shown.words));
    shown.switches.toggle(kDepth);  // asked, not yet answered: the picture is still the old one
    QVERIFY(!shown.switches.set().contains(kDepth));
    QCOMPARE(shown.grid.tile(kDepth)->state(), TileState::On);
    QTRY_COMPARE_WITH_TIMEOUT(shown.grid.tile(kDepth)->state(), TileState::LeftOut, 60000);
    QCOMPARE(shown.pictures.shown()->set, ModalitySet(kColour));
    QCOMPARE(*shown.subsets.selectedSet(), ModalitySet(kColour));
    QVERIFY(shown.words.startsWith("Showing: RGB (Depth left out) · mIoU 0."));
    QVERIFY(shown.words.contains("against all"));
  }

  void whatIsSwitchedOffCanBeReplaced() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    const auto before = *shown.pictures.table();
    const auto scoresOf = [&](std::size_t row) { return shown.pictures.table()->rows[row].scores; };
    shown.pictures.setCorruption(Corruption::Constant);
    shown.switches.toggle(kDepth);
    QTRY_VERIFY_WITH_TIMEOUT(shown.words.startsWith("Showing: RGB (a constant for Depth)"), 60000);
    QCOMPARE(shown.pictures.shown()->corruption, Corruption::Constant);
    const auto moments = RunFolder::open(made_.run).manifest().moments;
    const Moments& depth = moments[kDepth.index()];  // one deviation above the mean, everywhere
    for (const float value : shown.pictures.shown()->given->at(kDepth.index()))
      QVERIFY(std::abs(value - depth.mean[0] - depth.deviation[0]) < 1e-4F);
    QVERIFY(shown.sharing.words().contains("Nothing is switched off"));
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table() && scoresOf(1) != before.rows[1].scores, 60000);
    QCOMPARE(scoresOf(0), before.rows[0].scores);  // of all modalities: nothing is replaced
  }

  void thePredictionLiesOverTheTiles() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
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

  void aRowOfTheTableShowsThatSubset() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    Q_EMIT shown.subsets.selected(ModalitySet(kDepth));
    QTRY_COMPARE_WITH_TIMEOUT(shown.pictures.shown()->set, ModalitySet(kDepth), 60000);
    QCOMPARE(*shown.subsets.selectedSet(), ModalitySet(kDepth));
    QVERIFY(shown.sharing.words().contains("RGB"));
  }

  void anotherRunTakesThePredictionAway() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    shown.pictures.setRun(std::nullopt);
    QCOMPARE(shown.words, QString("No prediction"));
    QVERIFY(!shown.grid.describe({3, 3}).contains("predicted"));
    QVERIFY(shown.grid.describe({3, 3}).contains("truth"));
  }

  void whatTheCaseLacksIsSaid() {
    Shown shown(made_, "scene3");
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    QCOMPARE(shown.grid.tile(kDepth)->state(), TileState::Absent);
    QVERIFY2(shown.words.startsWith("Showing: RGB (Depth missing)"), qPrintable(shown.words));
    QVERIFY(shown.words.contains("trained on this picture"));
  }

  void withoutACohortTheSharedViewsAreLeftAlone() {
    Shown shown(made_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.pictures.table(), 60000);
    shown.pictures.setCohort(nullptr);
    QVERIFY(!shown.pictures.isActive());
    shown.words = "another task";
    QSignalSpy changed(&shown.pictures, &InspectPictures::shownChanged);
    shown.pictures.show(ModalitySet(kDepth));
    shown.pictures.setRun(made_.run);
    QTest::qWait(300);
    QCOMPARE(changed.size(), 0);
    QCOMPARE(shown.words, QString("another task"));
  }
};

WINDOW_TEST(InspectPicturesTest)
#include "inspect_pictures_test.moc"
