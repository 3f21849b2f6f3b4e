#include <QSignalSpy>
#include <QTest>

#include "app/pages/experiment_controller.h"
#include "app/pages/experiment_page.h"
#include "app/pages/inspect_controller.h"
#include "app/pages/inspect_page.h"
#include "core/runs/run_store.h"
#include "tests/app/pages/pages_fixture.h"
#include "widgets/controls/notice_card.h"
#include "widgets/plots/basis_plot.h"
#include "widgets/plots/loss_plot.h"

using namespace modascope;
using namespace modascope::testing;

class PagesTest : public PagesFixture {
  Q_OBJECT
  static constexpr ModalityId kT1ce{1};

  /// A run that was stopped after its first steps.
  std::filesystem::path interruptedRun(const std::filesystem::path& runs) const {
    std::stop_source stop;
    struct Stopper : TrainObserver {
      std::stop_source& stop;
      explicit Stopper(std::stop_source& source) : stop(source) {}
      void onStep(const StepEvent&) override { stop.request_stop(); }
    } observer{stop};
    return startTraining({data_, runs, tinyConfig(1000)},
                         {&observer, nullptr, stop.get_token(), {}})
        .run;
  }

 private Q_SLOTS:
  void switchesWorkWhileTrainingRuns() {
    ExperimentPage experimentPage;
    ExperimentController experiment(experimentPage, *settings_);
    InspectPage page;
    InspectController controller(page, *settings_);
    QSignalSpy opened(&experiment, &ExperimentController::cohortOpened);
    QSignalSpy ended(&experiment, &ExperimentController::trainingEnded);
    experiment.openData(data_);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
    controller.setCohort(experiment.cohort());
    controller.openRun(run_);
    experiment.setConfig(tinyConfig(100000));
    experiment.start();
    QTRY_VERIFY_WITH_TIMEOUT(experiment.lastStep(), 60000);
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown(), 60000);
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!controller.shown()->set.contains(kT1ce), 60000);
    const auto then = experiment.lastStep()->step;
    QTRY_VERIFY_WITH_TIMEOUT(experiment.lastStep()->step > then, 60000);
    QVERIFY(experiment.isTraining());
    experiment.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
    QVERIFY(experimentPage.losses()->table().moments().size() > 0);
  }

  void whatAToleranceCostsIsShownOnlyWhereThereIsOne() {
    for (const double tolerance : {0.0, 0.02}) {
      ExperimentPage page;
      page.resize(1400, 800);
      page.show();
      ExperimentController experiment(page, *settings_);
      QSignalSpy opened(&experiment, &ExperimentController::cohortOpened);
      QSignalSpy ended(&experiment, &ExperimentController::trainingEnded);
      experiment.openData(data_);
      QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
      RunConfig config = tinyConfig(4);
      config.gmd.tolerance = tolerance;
      config.gmd.auditEvery = 2;
      experiment.setConfig(config);
      experiment.start();
      QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
      QTRY_COMPARE(page.basis()->isVisible(), tolerance > 0);
      if (tolerance > 0) QCOMPARE(page.basis()->table().moments().size(), std::size_t{4});
    }
  }

  void anInterruptedRunIsOfferedAndGoesOn() {
    AppSettings settings(root_ / "other.ini");
    settings.setRunsFolder(root_ / "interrupted");
    const auto run = interruptedRun(settings.runsFolder());
    const auto before = RunFolder::open(run).status().step;
    ExperimentPage page;
    ExperimentController controller(page, settings);
    controller.offerResume();
    QVERIFY(page.notice()->sentence().contains(QString::fromStdString(run.filename().string())));
    Q_EMIT page.notice()->chosen("Resume");
    QVERIFY(controller.isTraining());
    QTRY_VERIFY_WITH_TIMEOUT(controller.lastStep(), 60000);
    QVERIFY(controller.lastStep()->step > before);
    QCOMPARE(controller.runFolder(), run);
    QCOMPARE(page.losses()->table().moments().front().step, 1);  // what was before is still there
    QSignalSpy ended(&controller, &ExperimentController::trainingEnded);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
  }

  void aDeclinedOfferIsNotMadeAgain() {
    AppSettings settings(root_ / "declined.ini");
    settings.setRunsFolder(root_ / "declined");
    interruptedRun(settings.runsFolder());
    for (const bool offered : {true, false}) {
      ExperimentPage page;
      ExperimentController controller(page, settings);
      controller.offerResume();
      QCOMPARE(!page.notice()->sentence().isEmpty(), offered);
      if (offered) Q_EMIT page.notice()->chosen("Do not ask again");
    }
  }

  void aFolderWithoutCasesIsSaidAndNothingCanStart() {
    ExperimentPage page;
    ExperimentController controller(page, *settings_);
    QSignalSpy problem(&controller, &ExperimentController::problem);
    controller.openData(root_ / "nowhere");
    QTRY_COMPARE_WITH_TIMEOUT(problem.size(), 1, 60000);
    QVERIFY(page.notice()->sentence().contains("nowhere"));
    controller.start();
    QVERIFY(!controller.isTraining());
  }
};

QTEST_MAIN(PagesTest)
#include "pages_test.moc"
