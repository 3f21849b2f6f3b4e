#include "app/inspect/volumes/volume_comparison.h"

#include <QButtonGroup>
#include <QLabel>
#include <QTest>
#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/inspect/volumes/region_readout.h"
#include "app/inspect/volumes/volumes_view.h"
#include "core/problem/brats.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/test_program.h"
#include "widgets/controls/display_panel.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/scene/scene_view.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

constexpr ModalityId kT1ce{1};

QAbstractButton* button(const InspectPage& page, ComparisonView which) {
  return page.comparison()->findChild<QButtonGroup*>()->button(static_cast<int>(which));
}

bool says(const QWidget& widget, const QString& words) {
  for (const auto* label : widget.findChildren<QLabel*>())
    if (label->text().contains(words)) return true;
  return false;
}

}  // namespace

class VolumeComparisonTest : public PagesFixture {
  Q_OBJECT

  struct Open {
    InspectPage page;
    InspectController controller;
    explicit Open(const VolumeComparisonTest& test) : controller(page, *test.settings_) {
      page.resize(1300, 800);
      page.show();
      controller.setCohort(test.cohort());
      controller.openRun(test.run_);
    }
    VolumesView& view() const { return dynamic_cast<VolumesView&>(controller.view()); }
    bool shows(ModalitySet set) const { return view().shown() == set; }
  };
  const ModalitySet all_ = bratsModalities().all();
  const ModalitySet withoutT1ce_ = *all_.without(kT1ce);

 private Q_SLOTS:
  void whatIsKeptStaysBesideWhatFollows() {
    Open open(*this);
    QVERIFY(!open.page.compare()->isEnabled());
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(!open.page.comparison()->isVisible());
    open.page.compare()->click();
    const auto kept = open.view().segmentation()->labels;
    open.controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
    QVERIFY(open.page.comparison()->isVisible());
    QVERIFY(says(*open.page.comparison(), "Kept: T1, T1ce, T2, FLAIR"));
    QCOMPARE(open.view().widgets().tiles->tileLayout(), TileLayout::SideBySide);
    QCOMPARE(open.view().widgets().tiles->kept()->labels, kept);
    QVERIFY(open.view().widgets().keptScene->isVisible());
    QVERIFY(says(*open.view().widgets().readout, "against kept"));

    button(open.page, ComparisonView::Wipe)->click();
    QCOMPARE(open.view().widgets().tiles->tileLayout(), TileLayout::Modalities);
    QVERIFY(open.view().widgets().tiles->wipe());
    QVERIFY(!open.view().widgets().keptScene->isVisible());
    button(open.page, ComparisonView::Difference)->click();
    QVERIFY(!open.view().widgets().tiles->wipe());
    QCOMPARE(open.view().widgets().tiles->overlayStyle().content, OverlayContent::Compared);
  }

  void theEndLeavesThePageAsItWas() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.view().widgets().tiles->setTileLayout(TileLayout::Planes);
    OverlayStyle before = open.view().widgets().tiles->overlayStyle();
    before.content = OverlayContent::Difference;
    before.differenceOf = 2;  // ET
    open.view().widgets().tiles->setOverlayStyle(before);
    open.page.compare()->click();
    QCOMPARE(open.view().widgets().tiles->overlayStyle().content, OverlayContent::Prediction);
    button(open.page, ComparisonView::Difference)->click();
    Q_EMIT open.page.comparison()->closed();
    QVERIFY(!open.page.comparison()->isVisible());
    QVERIFY(!open.view().widgets().tiles->kept());
    QCOMPARE(open.view().widgets().tiles->tileLayout(), TileLayout::Planes);
    QCOMPARE(open.view().widgets().tiles->overlayStyle(), before);
    QVERIFY(!says(*open.view().widgets().readout, "against kept"));
  }

  void anotherRunIsComparedAnotherCaseIsNot() {
    const auto second = startTraining({data_, root_ / "second", tinyConfig(4)}, {}).run;
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.page.compare()->click();
    const auto kept = open.view().widgets().tiles->kept()->labels;
    open.controller.openRun(second);
    QTRY_VERIFY_WITH_TIMEOUT(open.view().run() && open.shows(all_), 60000);
    QCOMPARE(open.view().run()->step, std::int64_t{4});
    QVERIFY(says(*open.page.comparison(), "step 2"));
    QVERIFY(open.view().widgets().tiles->kept()->name.contains("step 2"));
    QCOMPARE(open.view().widgets().tiles->kept()->labels, kept);
    QVERIFY(open.view().segmentation()->labels != kept);
    open.controller.openCase(cohort()->cases.front().id);
    QVERIFY(!open.page.comparison()->isVisible());
    QVERIFY(!open.view().widgets().tiles->kept());
  }

  void switchesAndWindowsAreTakenBackInOrder() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    open.page.activateWindow();
    QVERIFY(QTest::qWaitForWindowActive(&open.page));
    const auto undo = [&] {
      QTest::keyClick(open.view().widgets().tiles, Qt::Key_Z, Qt::ControlModifier);
    };
    const IntensityWindow first = open.view().widgets().tiles->intensityWindow(kT1ce);
    open.controller.toggle(kT1ce);
    Q_EMIT open.view().widgets().display->windowChosen(kT1ce, {1, 2});
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
    QCOMPARE(open.view().widgets().tiles->intensityWindow(kT1ce), (IntensityWindow{1, 2}));
    undo();
    QCOMPARE(open.view().widgets().tiles->intensityWindow(kT1ce), first);
    QCOMPARE(open.page.switches()->set(), withoutT1ce_);
    undo();
    QCOMPARE(open.page.switches()->set(), all_);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    undo();
    QCOMPARE(open.page.switches()->set(), all_);
    QTest::keyClick(open.view().widgets().tiles, Qt::Key_Z,
                    Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(withoutT1ce_), 60000);
  }

  void whetherTrainingHasSeenACaseIsSaidOfEachCase() {
    Open open(*this);
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(says(*open.view().widgets().readout, "Training has not seen this case"));
    open.controller.openCase(cohort()->splits->at("train").front());
    QTRY_VERIFY_WITH_TIMEOUT(open.shows(all_), 60000);
    QVERIFY(says(*open.view().widgets().readout, "its scores flatter"));
  }
};

WINDOW_TEST(VolumeComparisonTest)
#include "volume_comparison_test.moc"
