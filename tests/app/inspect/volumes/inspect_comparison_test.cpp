#include "app/inspect/volumes/inspect_comparison.h"

#include <QButtonGroup>
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/test_program.h"
#include "widgets/controls/display_panel.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/scene/scene_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr ModalityId kT1ce{1};

QAbstractButton* view(const InspectPage& page, ComparisonView which) {
  return page.comparison()->findChild<QButtonGroup*>()->button(static_cast<int>(which));
}

bool says(const QWidget& widget, const QString& words) {
  for (const auto* label : widget.findChildren<QLabel*>())
    if (label->text().contains(words)) return true;
  return false;
}

}  // namespace

class InspectComparisonTest : public PagesFixture {
  Q_OBJECT

  struct Open {
    InspectPage page;
    InspectController controller;
    explicit Open(const InspectComparisonTest& test) : controller(page, *test.settings_) {
      page.resize(1300, 800);
      page.show();
      controller.setCohort(test.cohort());
      controller.openRun(test.run_);
    }
    bool shows(ModalitySet set) const {
      return controller.shown() && controller.shown()->set == set;
    }
  };
  const ModalitySet all_ = ModalitySchema::brats().all();
  const ModalitySet withoutT1ce_ = *all_.without(kT1ce);

 private Q_SLOTS:
  void whatIsKeptStaysBesideWhatFollows() {
    Open open(*this);
    QVERIFY(!open.page.compare()->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(!open.page.comparison()->isVisible());
    open.page.compare()->click();
    const auto kept = open.controller.shown()->labels;
    open.controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
    QVERIFY(open.page.comparison()->isVisible());
    QVERIFY(says(*open.page.comparison(), "Kept: T1, T1ce, T2, FLAIR"));
    QCOMPARE(open.page.tiles()->tileLayout(), TileLayout::SideBySide);
    QCOMPARE(open.page.tiles()->kept()->labels, kept);
    QVERIFY(open.page.keptScene()->isVisible());
    QVERIFY(says(*open.page.readout(), "against kept"));

    view(open.page, ComparisonView::Wipe)->click();
    QCOMPARE(open.page.tiles()->tileLayout(), TileLayout::Modalities);
    QVERIFY(open.page.tiles()->wipe());
    QVERIFY(!open.page.keptScene()->isVisible());
    view(open.page, ComparisonView::Difference)->click();
    QVERIFY(!open.page.tiles()->wipe());
    QCOMPARE(open.page.tiles()->overlayStyle().content, OverlayContent::Compared);
  }

  void theEndLeavesThePageAsItWas() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.page.tiles()->setTileLayout(TileLayout::Planes);
    OverlayStyle before = open.page.tiles()->overlayStyle();
    before.content = OverlayContent::Difference;
    before.differenceOf = bratsRegions()[2];
    open.page.tiles()->setOverlayStyle(before);
    open.page.compare()->click();
    QCOMPARE(open.page.tiles()->overlayStyle().content, OverlayContent::Prediction);
    view(open.page, ComparisonView::Difference)->click();
    Q_EMIT open.page.comparison()->closed();
    QVERIFY(!open.page.comparison()->isVisible());
    QVERIFY(!open.page.tiles()->kept());
    QCOMPARE(open.page.tiles()->tileLayout(), TileLayout::Planes);
    QCOMPARE(open.page.tiles()->overlayStyle(), before);
    QVERIFY(!says(*open.page.readout(), "against kept"));
  }

  void anotherRunIsComparedAnotherCaseIsNot() {
    const auto second = startTraining({data_, root_ / "second", tinyConfig(4)}, {}).run;
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.page.compare()->click();
    const auto kept = open.page.tiles()->kept()->labels;
    open.controller.openRun(second);
    QTRY_VERIFY_WITH_TIMEOUT(open.controller.run() && open.shows(all_), 60000);
    QCOMPARE(open.controller.run()->step, std::int64_t{4});
    QVERIFY(says(*open.page.comparison(), "step 2"));
    QVERIFY(open.page.tiles()->kept()->name.contains("step 2"));
    QCOMPARE(open.page.tiles()->kept()->labels, kept);
    QVERIFY(open.controller.shown()->labels != kept);
    open.controller.openCase(cohort()->cases.front().id);
    QVERIFY(!open.page.comparison()->isVisible());
    QVERIFY(!open.page.tiles()->kept());
  }

  void switchesAndWindowsAreTakenBackInOrder() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.page));
    const auto undo = [&] { QTest::keyClick(open.page.tiles(), Qt::Key_Z, Qt::ControlModifier); };
    const IntensityWindow first = open.page.tiles()->intensityWindow(kT1ce);
    open.controller.toggle(kT1ce);
    Q_EMIT open.page.display()->windowChosen(kT1ce, {1, 2});
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
    QCOMPARE(open.page.tiles()->intensityWindow(kT1ce), (IntensityWindow{1, 2}));
    undo();
    QCOMPARE(open.page.tiles()->intensityWindow(kT1ce), first);
    QCOMPARE(open.page.switches()->set(), withoutT1ce_);
    undo();
    QCOMPARE(open.page.switches()->set(), all_);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    undo();
    QCOMPARE(open.page.switches()->set(), all_);
    QTest::keyClick(open.page.tiles(), Qt::Key_Z, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
  }

  void whetherTrainingHasSeenACaseIsSaidOfEachCase() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(says(*open.page.readout(), "Training has not seen this case"));
    open.controller.openCase(cohort()->splits->at("train").front());
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(says(*open.page.readout(), "its scores flatter"));
  }
};

WINDOW_TEST(InspectComparisonTest)
#include "inspect_comparison_test.moc"
