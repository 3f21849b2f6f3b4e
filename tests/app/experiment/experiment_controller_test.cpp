#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <fstream>

#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/experiment/planning/plan_panel.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_page.h"
#include "app/pages/run_choice.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/app/pages/pages_fixture.h"
#include "tests/test_program.h"
#include "widgets/controls/form/config_field.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"
#include "widgets/plots/basis_plot.h"
#include "widgets/plots/loss_plot.h"

using namespace modascope;
using namespace modascope::testing;

class ExperimentControllerTest : public PagesFixture {
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
    QTRY_VERIFY_WITH_TIMEOUT(controller.view().shown(), 60000);
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!controller.view().shown()->contains(kT1ce), 60000);
    const auto then = experiment.lastStep()->step;
    QTRY_VERIFY_WITH_TIMEOUT(experiment.lastStep()->step > then, 60000);
    QVERIFY(experiment.isTraining());
    experiment.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
    QVERIFY(experimentPage.findChild<LossPlot*>()->table().moments().size() > 0);
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
      QTRY_COMPARE(page.findChild<BasisPlot*>()->isVisible(), tolerance > 0);
      if (tolerance > 0)
        QCOMPARE(page.findChild<BasisPlot*>()->table().moments().size(), std::size_t{4});
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
    QTRY_VERIFY_WITH_TIMEOUT(!page.notice()->sentence().isEmpty(), 60000);
    QVERIFY(page.notice()->sentence().contains(QString::fromStdString(run.filename().string())));
    Q_EMIT page.notice()->chosen("Resume");
    QVERIFY(controller.isTraining());
    QTRY_VERIFY_WITH_TIMEOUT(controller.lastStep(), 60000);
    QVERIFY(controller.lastStep()->step > before);
    QCOMPARE(controller.runFolder(), run);
    QCOMPARE(page.findChild<LossPlot*>()->table().moments().front().step,
             1);  // what was before is still there
    QSignalSpy ended(&controller, &ExperimentController::trainingEnded);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
  }

  /// The form is edited after a run was stopped: nothing of that is dropped in silence.
  void editsThatAResumeDoesNotUseAreSaidAndStepsCanBeExtended() {
    ExperimentPage page;
    ExperimentController controller(page, *settings_);
    QSignalSpy opened(&controller, &ExperimentController::cohortOpened);
    QSignalSpy ended(&controller, &ExperimentController::trainingEnded);
    controller.openData(data_);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
    controller.setConfig(tinyConfig(1000));
    controller.start();
    QTRY_VERIFY_WITH_TIMEOUT(controller.lastStep(), 60000);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
    const auto run = controller.runFolder();
    page.form()->field("train.steps")->type("2000");
    page.form()->field("train.lr")->type("0.5");
    Q_EMIT page.controls()->resumeRequested();
    QVERIFY(!controller.isTraining());
    const QString said = page.notice()->sentence();
    QVERIFY2(said.contains("Steps 2000 → 1000 (train.steps)"), qPrintable(said));
    QVERIFY2(said.contains("Learning rate 0.5 → 0.003 (train.lr)"), qPrintable(said));
    Q_EMIT page.notice()->chosen("Extend to 2000 steps");
    QVERIFY(controller.isTraining());
    QTRY_VERIFY_WITH_TIMEOUT(controller.lastStep(), 60000);
    QCOMPARE(controller.lastStep()->steps, 2000);
    QCOMPARE(page.form()->config().train.lr, 0.003);
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 2, 60000);
    QCOMPARE(RunFolder::open(run).config().train.steps, 2000);
    page.form()->field("train.steps")->type("500");  // fewer is no offer
    Q_EMIT page.controls()->resumeRequested();
    QVERIFY(page.notice()->sentence().contains("Steps 500 → 2000"));
    for (const auto* button : page.notice()->findChildren<QPushButton*>())
      QVERIFY(!button->text().contains("Extend"));
    Q_EMIT page.notice()->chosen("Resume as recorded");
    QVERIFY(controller.isTraining());
    controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 3, 60000);
  }

  void whatARunWouldBeLikeIsSaidBeforeItStarts() {
    AppSettings settings(root_ / "planned.ini");
    settings.setRunsFolder(root_ / "planned");
    ExperimentPage page;
    ExperimentController controller(page, settings);
    QSignalSpy ended(&controller, &ExperimentController::trainingEnded);
    controller.openData(data_);
    controller.setConfig(tinyConfig(3));
    QTRY_VERIFY_WITH_TIMEOUT(page.plan()->words().contains("2 for training"), 60000);
    const QString said = page.plan()->words();
    QVERIFY2(said.contains("1 for validation"), qPrintable(said));
    QVERIFY2(said.contains("GB"), qPrintable(said));
    QVERIFY2(said.contains("Time: not known"), qPrintable(said));
    Q_EMIT page.plan()->tryRequested();
    QTRY_VERIFY_WITH_TIMEOUT(page.plan()->words().contains("as tried"), 60000);
    controller.start();
    QVERIFY(page.plan()->isHidden());
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
    const QString run = nameOfRun(controller.runFolder());
    QTRY_VERIFY_WITH_TIMEOUT(page.plan()->words().contains("as in " + run), 60000);
  }

  void everyKindOfDataKeepsItsSettingsForTheNextSession() {
    AppSettings settings(root_ / "remembered.ini");
    settings.setRunsFolder(root_ / "none");
    settings.setCacheFolder(root_ / "cache");
    const auto stepsOf = [&](bool phantom) {
      ExperimentPage page;
      ExperimentController controller(page, settings);
      QSignalSpy opened(&controller, &ExperimentController::cohortOpened);
      if (phantom)
        controller.openPhantom();
      else
        controller.openData(data_);
      if (!opened.wait(120000)) qFatal("The data do not open.");
      const auto steps = page.form()->config().train.steps;
      page.form()->field("train.steps")->type(phantom ? "77" : "88");
      return steps;
    };
    QCOMPARE(stepsOf(true), ExperimentController::demoConfig().train.steps);
    QCOMPARE(stepsOf(false), RunConfig().train.steps);
    QCOMPARE(stepsOf(true), 77);
    QCOMPARE(stepsOf(false), 88);
  }

  void theFormSuitsTheDataAndKeepsWhatWasTyped() {
    const auto features = writeSentiment(root_ / "tiny.h5");
    AppSettings settings(root_ / "suited.ini");
    settings.setRunsFolder(root_ / "suited");
    ExperimentPage page;
    ExperimentController controller(page, settings);
    QSignalSpy opened(&controller, &ExperimentController::cohortOpened);
    QSignalSpy ended(&controller, &ExperimentController::trainingEnded);
    controller.openData(features);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
    QCOMPARE(page.form()->task(), Task::Regression);
    QCOMPARE(page.form()->config().model.kind, "ds-transformer");
    controller.setConfig(tinyFeatureConfig(3));
    controller.openData(features);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 2, 60000);
    QCOMPARE(page.form()->config().train.steps, 3);
    controller.start();
    QTRY_COMPARE_WITH_TIMEOUT(ended.size(), 1, 60000);
    QCOMPARE(controller.lastStep()->step, 3);
    controller.openData(data_);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 3, 60000);
    QCOMPARE(page.form()->config().model.kind, "ds-norm");
  }

  void aPathThatWasRefusedIsNotRemembered() {
    AppSettings settings(root_ / "refused.ini");
    ExperimentPage page;
    ExperimentController controller(page, settings);
    QSignalSpy opened(&controller, &ExperimentController::cohortOpened);
    QSignalSpy problem(&controller, &ExperimentController::problem);
    controller.openData(data_);
    QTRY_COMPARE_WITH_TIMEOUT(opened.size(), 1, 60000);
    controller.openData(root_ / "nowhere");
    QTRY_COMPARE_WITH_TIMEOUT(problem.size(), 1, 60000);
    QCOMPARE(settings.dataFolder().value(), data_);
    const auto runs = settings.runsFolder();
    std::ofstream(root_ / "a file") << "x";
    Q_EMIT page.runsFolderChosen(root_ / "a file");
    QCOMPARE(problem.size(), 2);
    QCOMPARE(settings.runsFolder(), runs);
  }

  void aDeclinedOfferIsNotMadeAgain() {
    AppSettings settings(root_ / "declined.ini");
    settings.setRunsFolder(root_ / "declined");
    interruptedRun(settings.runsFolder());
    for (const bool offered : {true, false}) {
      ExperimentPage page;
      ExperimentController controller(page, settings);
      controller.offerResume();
      if (offered) {
        QTRY_VERIFY_WITH_TIMEOUT(!page.notice()->sentence().isEmpty(), 60000);
        Q_EMIT page.notice()->chosen("Do not ask again");
      } else {
        QTest::qWait(1000);
        QVERIFY(page.notice()->sentence().isEmpty());
      }
    }
  }

  void anOfferDoesNotTakeThePlaceOfWhatIsSaidMeanwhile() {
    AppSettings settings(root_ / "meanwhile.ini");
    settings.setRunsFolder(root_ / "meanwhile");
    interruptedRun(settings.runsFolder());
    ExperimentPage page;
    ExperimentController controller(page, settings);
    controller.offerResume();
    page.notice()->present({Severity::Failure, "It is broken.", {}});
    QTest::qWait(1000);
    QCOMPARE(page.notice()->sentence(), "It is broken.");
    page.notice()->dismiss();
    controller.offerResume();
    QTRY_VERIFY_WITH_TIMEOUT(!page.notice()->isHidden(), 60000);
    QVERIFY(page.notice()->sentence().contains("It can go on"));
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

WINDOW_TEST(ExperimentControllerTest)
#include "experiment_controller_test.moc"
