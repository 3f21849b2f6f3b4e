#include "app/inspect/pictures/pictures_view.h"

#include <QComboBox>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/settings/app_settings.h"
#include "tests/app/jobs/picture_run.h"
#include "tests/test_program.h"
#include "widgets/bridge/class_palette.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/sharing/sharing_diagram.h"
#include "widgets/pictures/picture_grid.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr ModalityId kColour{0}, kDepth{1};

/// A picture and a run on the page.
struct Shown {
  InspectPage page;
  InspectController controller;

  Shown(const PictureRun& made, const AppSettings& settings, const std::string& id = "scene6")
      : controller(page, settings) {
    page.resize(1000, 700);
    page.show();
    controller.setCohort(made.cohort);
    controller.openCase(id);
    controller.openRun(made.run);
  }
  const PicturesView& view() const { return dynamic_cast<PicturesView&>(controller.view()); }
  PictureGrid& grid() const { return view().grid(); }
  QString words() const { return page.showing(); }
};

}  // namespace

class PicturesViewTest : public QObject {
  Q_OBJECT

 private:
  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  PictureRun made_;
  AppSettings settings_{root_ / "settings.ini"};

 private Q_SLOTS:
  void initTestCase() {
    made_ = trainOnPictures(root_);
    settings_.setRunsFolder(root_ / "runs");
  }

  void thePageShowsTheSetThatTheResultCarries() {
    Shown shown(made_, settings_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    QVERIFY2(shown.words().startsWith("Showing: RGB, Depth · mIoU 0."), qPrintable(shown.words()));
    shown.page.switches()->toggle(
        kDepth);  // asked, not yet answered: the picture is still the old one
    QVERIFY(!shown.page.switches()->set().contains(kDepth));
    QCOMPARE(shown.grid().tile(kDepth)->state(), TileState::On);
    QTRY_COMPARE_WITH_TIMEOUT(shown.grid().tile(kDepth)->state(), TileState::LeftOut, 60000);
    QCOMPARE(shown.view().prediction()->set, ModalitySet(kColour));
    QCOMPARE(*shown.page.subsets()->selectedSet(), ModalitySet(kColour));
    QVERIFY(shown.words().startsWith("Showing: RGB (Depth left out) · mIoU 0."));
    QVERIFY(shown.words().contains("against all"));
  }

  void whatIsSwitchedOffCanBeReplaced() {
    Shown shown(made_, settings_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    const auto before = *shown.view().table();
    const auto scoresOf = [&](std::size_t row) { return shown.view().table()->rows[row].scores; };
    const int row = static_cast<int>(Corruption::Constant);
    shown.page.switchedOff()->setCurrentIndex(row);
    Q_EMIT shown.page.switchedOff()->activated(row);
    shown.page.switches()->toggle(kDepth);
    QTRY_VERIFY_WITH_TIMEOUT(shown.words().startsWith("Showing: RGB (a constant for Depth)"),
                             60000);
    QCOMPARE(shown.view().prediction()->corruption, Corruption::Constant);
    const auto moments = RunFolder::open(made_.run).manifest().moments;
    const Moments& depth = moments[kDepth.index()];  // one deviation above the mean, everywhere
    for (const float value : shown.view().prediction()->given->at(kDepth.index()))
      QVERIFY(std::abs(value - depth.mean[0] - depth.deviation[0]) < 1e-4F);
    QVERIFY(shown.page.sharing()->words().contains("Nothing is switched off"));
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table() && scoresOf(1) != before.rows[1].scores, 60000);
    QCOMPARE(scoresOf(0), before.rows[0].scores);  // of all modalities: nothing is replaced
  }

  void thePredictionLiesOverTheTiles() {
    Shown shown(made_, settings_);
    QVERIFY(QTest::qWaitForWindowExposed(&shown.page));
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    PictureStyle style;
    style.opacity = 1;
    style.truthLines = false;
    shown.grid().setStyle(style);
    const LabelPicture& classes = *shown.view().prediction()->classes;
    const auto found = std::find(classes.values.begin(), classes.values.end(), 1);
    QVERIFY(found != classes.values.end());
    const auto at = static_cast<std::size_t>(found - classes.values.begin());
    const QPoint pixel(static_cast<int>(at % classes.width), static_cast<int>(at / classes.width));
    const PictureView* tile = shown.grid().tile(kColour);
    const QImage image = tile->render(tile->size(), 1);
    QCOMPARE(image.pixelColor(tile->positionOf(pixel).toPoint()), classColour(1));
    QVERIFY(shown.grid().describe(pixel).contains("predicted square"));
  }

  void aRowOfTheTableShowsThatSubset() {
    Shown shown(made_, settings_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    Q_EMIT shown.page.subsets()->selected(ModalitySet(kDepth));
    QTRY_COMPARE_WITH_TIMEOUT(shown.view().prediction()->set, ModalitySet(kDepth), 60000);
    QCOMPARE(*shown.page.subsets()->selectedSet(), ModalitySet(kDepth));
    QVERIFY(shown.page.sharing()->words().contains("RGB"));
  }

  void anotherRunTakesThePredictionAway() {
    Shown shown(made_, settings_);
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    Q_EMIT shown.page.cancel()->clicked();
    QCOMPARE(shown.words(), QString("No prediction"));
    QVERIFY(!shown.grid().describe({3, 3}).contains("predicted"));
    QVERIFY(shown.grid().describe({3, 3}).contains("truth"));
  }

  void whatTheCaseLacksIsSaid() {
    Shown shown(made_, settings_, "scene3");
    QTRY_VERIFY_WITH_TIMEOUT(shown.view().table(), 60000);
    QCOMPARE(shown.grid().tile(kDepth)->state(), TileState::Absent);
    QVERIFY2(shown.words().startsWith("Showing: RGB (Depth missing)"), qPrintable(shown.words()));
    QVERIFY(shown.words().contains("trained on this picture"));
  }
};

WINDOW_TEST(PicturesViewTest)
#include "pictures_view_test.moc"
