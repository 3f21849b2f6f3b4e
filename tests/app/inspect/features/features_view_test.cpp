#include "app/inspect/features/features_view.h"

#include <QComboBox>
#include <QSignalSpy>
#include <QTableView>
#include <QTemporaryDir>
#include <QTest>
#include <QToolButton>

#include "app/inspect/comparison_bar.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/settings/app_settings.h"
#include "app/work/training/training.h"
#include "core/files/atomic_file.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/jobs/tiny_run.h"
#include "tests/test_program.h"
#include "widgets/bridge/number_words.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/samples/feature_strip.h"
#include "widgets/samples/sample_view.h"
#include "widgets/slices/tile_grid.h"
#include "widgets/slices/tile_header.h"
#include "widgets/tables/contributions_panel.h"
#include "widgets/tables/subset_table_view.h"

using namespace modascope;
using namespace modascope::testing;

/// A small file of features, a run that was trained on it, and one of volumes beside it.
class FeaturesViewTest : public QObject {
  Q_OBJECT
  static constexpr ModalityId kText{0}, kAudio{1}, kVision{2};

  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  const std::filesystem::path data_ = writeSentiment(root_ / "tiny.h5");
  const std::filesystem::path volumes_ = writeTinyCohort(root_ / "volumes");
  const std::filesystem::path run_ =
      startTraining({data_, root_ / "runs", tinyFeatureConfig(4)}, {}).run;
  const std::filesystem::path volumeRun_ =
      startTraining({volumes_, root_ / "runs", tinyConfig(2)}, {}).run;
  AppSettings settings_{root_ / "settings.ini"};

  static std::shared_ptr<const Cohort> cohort(const std::filesystem::path& data) {
    return std::make_shared<const Cohort>(openCohort(data));
  }
  static FeaturesView& features(const InspectController& controller) {
    return dynamic_cast<FeaturesView&>(controller.view());
  }
  static QComboBox* scope(const InspectPage& page) {
    return page.findChild<QComboBox*>("inspect/scope");
  }
  static QString cell(const InspectPage& page, int row, int column) {
    return page.subsets()->view()->model()->index(row, column).data().toString();
  }

 private Q_SLOTS:
  void initTestCase() { settings_.setRunsFolder(root_ / "runs"); }

  void aSampleIsShownWithWhatEverySubsetSays() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    QVERIFY(page.findChild<TileGrid*>()->isHidden() ||
            !page.findChild<TileGrid*>()->isVisibleTo(&page));
    QCOMPARE(page.cases()->currentText(), "valid/000000");
    controller.activate();  // the newest run that fits, not the newest
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    QCOMPARE(controller.view().run()->folder, run_);
    QCOMPARE(features(controller).sampleView().text(), "SAID 0");
    QCOMPARE(page.subsets()->view()->model()->rowCount(), 7);
    QCOMPARE(page.showing(), "Showing: Text, Audio, Vision");
    QVERIFY(page.findChild<ContributionsPanel*>()->words().contains(
        "the mean label of training (0.38)"));
  }

  void aSwitchIsAnsweredAtOnceAndTakenBack() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    controller.toggle(kAudio);
    QCOMPARE(page.showing(), "Showing: Text, Vision (Audio left out)");
    QCOMPARE(features(controller).sampleView().strip(kAudio)->state(), TileState::LeftOut);
    const auto set = *page.switches()->schema().all().without(kAudio);
    QCOMPARE(page.subsets()->selectedSet().value(), set);
    const double value = features(controller).sampleAnswer()->outputs.of(set)->front();
    QVERIFY(
        features(controller).sampleView().prediction()->words().startsWith(signedNumber(value, 2)));
    Q_EMIT page.subsets()->selected(ModalitySet(kText));
    QCOMPARE(page.switches()->set(), ModalitySet(kText));
    QCOMPARE(features(controller).sampleView().strip(kVision)->state(), TileState::LeftOut);
    Q_EMIT features(controller).sampleView().prediction()->chosen(set);
    QCOMPARE(page.switches()->set(), set);
    QCOMPARE(page.subsets()->selectedSet().value(), set);
  }

  void whatIsKeptStandsBesideWhatFollows() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    QVERIFY(!page.compare()->isEnabled());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    QVERIFY(page.compare()->isEnabled() && !page.compare()->isHidden());
    page.compare()->click();
    const auto outputs = features(controller).sampleAnswer()->outputs;
    const auto& kept = outputs;
    const double all = outputs.of(outputs.available)->front();
    QVERIFY(features(controller)
                .sampleView()
                .keptPrediction()
                ->isVisibleTo(&features(controller).sampleView()));
    QVERIFY2(features(controller).sampleView().difference().startsWith("Δ 0.00"),
             qPrintable(features(controller).sampleView().difference()));
    controller.toggle(kText);
    const double now = outputs.of(*outputs.available.without(kText))->front();
    QVERIFY(features(controller)
                .sampleView()
                .keptPrediction()
                ->words()
                .startsWith(signedNumber(all, 2)));
    QVERIFY(
        features(controller).sampleView().prediction()->words().startsWith(signedNumber(now, 2)));
    QVERIFY2(features(controller)
                 .sampleView()
                 .difference()
                 .startsWith("Δ " + signedDifference(now - all, 2) + ";"),
             qPrintable(features(controller).sampleView().difference()));
    QVERIFY(page.caption().contains("Kept: Text, Audio, Vision"));
    const auto* model = page.subsets()->view()->model();
    const int columns = model->columnCount();  // the same answer differs from itself by nothing
    page.switchedOff()->setCurrentIndex(1);    // noise in its place is another
    Q_EMIT page.switchedOff()->activated(1);
    QTRY_COMPARE_WITH_TIMEOUT(page.subsets()->view()->model()->columnCount(), columns + 1, 60000);
    QCOMPARE(model->headerData(columns, Qt::Horizontal).toString(), "Δ kept");
    QCOMPARE(cell(page, 0, columns), "0.00");  // of all modalities nothing is replaced
    const auto without = *kept.available.without(kText);
    const auto& noisy = features(controller).sampleAnswer()->outputs;
    QVERIFY(features(controller)
                .sampleView()
                .difference()
                .startsWith("Δ " + signedDifference(noisy.of(without)->front() - all, 2) + ";"));
    Q_EMIT page.comparison()->closed();
    QVERIFY(!features(controller)
                 .sampleView()
                 .keptPrediction()
                 ->isVisibleTo(&features(controller).sampleView()));
    QVERIFY(features(controller).sampleView().difference().isEmpty());
    QCOMPARE(page.subsets()->view()->model()->columnCount(), columns);
  }

  void whatIsSwitchedOffCanBeReplaced() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    const auto before = features(controller).sampleAnswer()->outputs;
    controller.toggle(kAudio);
    page.switchedOff()->setCurrentIndex(1);
    Q_EMIT page.switchedOff()->activated(1);
    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: Text, Vision (noise for Audio)", 60000);
    const auto& outputs = features(controller).sampleAnswer()->outputs;
    const auto set = page.switches()->set();
    QVERIFY(outputs.of(set)->front() != before.of(set)->front());
    QCOMPARE(outputs.of(before.available)->front(), before.of(before.available)->front());
    QCOMPARE(features(controller).sampleView().header(kAudio)->stateWords(), "noise instead");
    const auto& standIns = features(controller).sampleAnswer()->standIns;
    QCOMPARE(standIns.size(), std::size_t{3});
    QCOMPARE(standIns[1].size(), std::size_t{6});  // 3 steps of 2
    QVERIFY(standIns[1] != features(controller).sample()->look.values[1]);
    QVERIFY(page.findChild<ContributionsPanel*>()->words().contains("noise stands in for it"));
    scope(page)->setCurrentIndex(1);
    Q_EMIT scope(page)->activated(1);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).scores(), 60000);
    QCOMPARE(features(controller).scores()->corruption, Corruption::Noise);
    page.switchedOff()->setCurrentIndex(0);
    Q_EMIT page.switchedOff()->activated(0);
    QVERIFY(!features(controller).scores());
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).scores(), 60000);
    QCOMPARE(features(controller).scores()->corruption, Corruption::Absent);
    QTRY_COMPARE_WITH_TIMEOUT(features(controller).sampleView().header(kAudio)->stateWords(),
                              "left out", 60000);
  }

  void whatASampleLacksCannotBeSwitchedOn() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    controller.openRun(run_);
    controller.openCase("valid/000001");
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    QCOMPARE(page.showing(), "Showing: Text, Audio (Vision missing)");
    QCOMPARE(features(controller).sampleView().strip(kVision)->state(), TileState::Absent);
    controller.toggle(kVision);
    QCOMPARE(page.showing(), "Showing: Text, Audio (Vision missing)");
  }

  void theTableCanBeOfASplit() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    QCOMPARE(scope(page)->itemText(1), "validation split");
    scope(page)->setCurrentIndex(1);
    Q_EMIT scope(page)->activated(1);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).scores(), 60000);
    const auto& table = features(controller).scores()->table;
    QCOMPARE(cell(page, 0, 1), QString::number(table.rows[0].scores[0], 'f', 3));
    QCOMPARE(cell(page, 0, 2), QString::number(table.rows[0].scores[1], 'f', 3));
    controller.toggle(kText);  // of the sample; the table stays and marks the row
    QCOMPARE(page.subsets()->selectedSet().value(), page.switches()->set());
  }

  void tabGoesFromTheChoicesToTheSampleToTheSwitchesToTheTable() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sample(), 60000);
    const std::vector<const QWidget*> parts{
        page.cases(),    page.runs(),        &features(controller).sampleView(),
        page.switches(), page.switchedOff(), scope(page),
        page.subsets()};
    std::vector<const QWidget*> met;
    const QWidget* widget = page.cases();
    do {
      for (const QWidget* part : parts)
        if ((widget->focusPolicy() & Qt::TabFocus) && !widget->focusProxy() &&
            (widget == part || part->isAncestorOf(widget)) && (met.empty() || met.back() != part))
          met.push_back(part);
      widget = widget->nextInFocusChain();
    } while (widget != page.cases());
    QCOMPARE(met, parts);
  }

  void otherDataBringTheirViewsAndTheirRuns() {
    InspectPage page;
    InspectController controller(page, settings_);
    controller.setCohort(cohort(data_));
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    controller.setCohort(cohort(volumes_));
    QVERIFY(!page.findChild<SampleView*>()->isVisibleTo(&page));
    QVERIFY(page.findChild<TileGrid*>()->isVisibleTo(&page));
    QVERIFY(page.runs()->findData(QString::fromStdString(run_.string())) < 0);
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(controller.view().shown(), 60000);
    QCOMPARE(controller.view().run()->folder, volumeRun_);
    controller.setCohort(cohort(data_));
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sampleAnswer(), 60000);
    QVERIFY(page.notice()->sentence().isEmpty());
  }

  void aRunOfOtherDataIsRefusedInASentence() {
    InspectPage page;
    InspectController controller(page, settings_);
    QSignalSpy problem(&controller, &InspectController::problem);
    controller.setCohort(cohort(volumes_));
    controller.openRun(run_);
    QTRY_COMPARE_WITH_TIMEOUT(problem.size(), 1, 60000);
    QVERIFY(page.notice()->sentence().contains("regression, not for these data"));
    QVERIFY(!controller.view().run());
    controller.setCohort(cohort(data_));
    controller.openRun(volumeRun_);
    QTRY_COMPARE_WITH_TIMEOUT(problem.size(), 2, 60000);
    QTRY_VERIFY_WITH_TIMEOUT(features(controller).sample(), 60000);  // can be looked at
    QVERIFY(!features(controller).sampleAnswer());
  }
};

WINDOW_TEST(FeaturesViewTest)
#include "features_view_test.moc"
