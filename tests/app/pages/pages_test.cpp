#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QSlider>
#include <QTemporaryDir>
#include <QTest>

#include "app/pages/experiment_controller.h"
#include "app/pages/experiment_page.h"
#include "app/pages/inspect_controller.h"
#include "app/pages/inspect_page.h"
#include "app/pages/inspect_saving.h"
#include "app/settings/app_settings.h"
#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/runs/run_store.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"
#include "tests/app/jobs/tiny_run.h"
#include "widgets/controls/modality_switchboard.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/sharing_diagram.h"
#include "widgets/controls/step_slider.h"
#include "widgets/plots/basis_plot.h"
#include "widgets/plots/dominance_panel.h"
#include "widgets/plots/loss_plot.h"
#include "widgets/plots/subset_table_view.h"
#include "widgets/slices/tile_grid.h"

using namespace modascope;
using namespace modascope::testing;

class PagesTest : public QObject {
  Q_OBJECT
 private:
  const ModalityId kT1ce{1};
  QTemporaryDir folder_;
  std::filesystem::path root_;
  std::filesystem::path data_;
  std::filesystem::path run_;
  std::unique_ptr<AppSettings> settings_;

  std::shared_ptr<const Cohort> cohort() const {
    return std::make_shared<const Cohort>(openCohort(data_));
  }

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
  void initTestCase() {
    root_ = folder_.path().toStdString();
    data_ = writeTinyCohort(root_ / "data");
    run_ = startTraining({data_, root_ / "runs", tinyConfig(2)}, {}).run;
    settings_ = std::make_unique<AppSettings>(root_ / "settings.ini");
    settings_->setRunsFolder(root_ / "runs");
  }

  void thePageShowsTheSetThatTheResultCarries() {
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(controller.table(), 60000);
    QCOMPARE(page.showing(), "Showing: T1, T1ce, T2, FLAIR");
    QCOMPARE(page.tiles()->tile(kT1ce)->state(), TileState::On);

    controller.toggle(kT1ce);  // asked, not yet answered: the picture is still the old one
    QVERIFY(!page.switches()->set().contains(kT1ce));
    QCOMPARE(page.showing(), "Showing: T1, T1ce, T2, FLAIR");
    QCOMPARE(page.tiles()->tile(kT1ce)->state(), TileState::On);

    QTRY_COMPARE_WITH_TIMEOUT(page.showing(), "Showing: T1, T2, FLAIR (T1ce left out)", 60000);
    QCOMPARE(page.tiles()->tile(kT1ce)->state(), TileState::LeftOut);
    QCOMPARE(page.subsets()->selectedSet().value(), controller.shown()->set);
    QVERIFY(page.sharing()->words().endsWith("T1ce's branch does not run."));
  }

  void aRowOfTheTableShowsThatSubset() {
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(controller.table(), 60000);
    const ModalitySet only(kT1ce);
    Q_EMIT page.subsets()->selected(only);
    QTRY_COMPARE_WITH_TIMEOUT(controller.shown()->set, only, 60000);
    QCOMPARE(page.switches()->set(), only);
  }

  void anExplanationIsOfTheSetOnShowAndGoesWithIt() {
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    QVERIFY(!page.dominance()->button()->isEnabled());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown(), 60000);
    QVERIFY(page.dominance()->button()->isEnabled());
    QVERIFY(!page.dominance()->layer().empty());
    page.dominance()->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(page.dominance()->attribution(), 60000);
    QCOMPARE(page.dominance()->attribution()->set, controller.shown()->set);
    QCOMPARE(page.dominance()->attribution()->removals.each.size(), std::size_t{4});
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!controller.shown()->set.contains(kT1ce), 60000);
    QVERIFY(!page.dominance()->attribution());
    QCOMPARE(page.dominance()->mapView(), MapView::Segmentation);

    page.dominance()->button()->click();
    controller.toggle(kT1ce);  // before the answer came
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown()->set.contains(kT1ce), 60000);
    for (const auto* label : page.dominance()->findChildren<QLabel*>())
      QVERIFY2(!label->text().startsWith("Explaining"), "still says that it is at work");
  }

  void theSliderLooksBackAndAsksAgain() {
    RunConfig config = tinyConfig(4);
    config.train.snapshotEvery = 2;
    const auto run = startTraining({data_, root_ / "back", config}, {}).run;
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    controller.openRun(run);
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown(), 60000);
    QVERIFY(!page.steps()->isHidden());
    QCOMPARE(page.steps()->step(), std::int64_t{4});
    page.dominance()->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(controller.attribution(), 60000);
    page.steps()->findChild<QSlider*>()->setValue(0);
    QTRY_VERIFY_WITH_TIMEOUT(controller.run()->step == 2 && controller.attribution(), 60000);
    QVERIFY(controller.shown());
    QCOMPARE(page.steps()->step(), std::int64_t{2});
    controller.openRun(run_);  // has kept no others
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown(), 60000);
    QVERIFY(page.steps()->isHidden());
  }

  void whatIsOnShowCanBeSaved() {
    const std::filesystem::path out = root_ / "saved";
    std::filesystem::create_directories(out);
    InspectPage page;
    page.resize(1200, 800);
    page.show();
    QVERIFY(QTest::qWaitForWindowExposed(&page));
    InspectController controller(page, *settings_);
    QVERIFY_EXCEPTION_THROWN(saveSegmentation(out / "no.nii.gz", controller), Error);
    QVERIFY_EXCEPTION_THROWN(saveAttribution(out / "no", controller), Error);
    controller.setCohort(cohort());
    controller.openRun(run_);
    QTRY_VERIFY_WITH_TIMEOUT(controller.shown(), 60000);
    controller.toggle(kT1ce);
    QTRY_VERIFY_WITH_TIMEOUT(!controller.shown()->set.contains(kT1ce), 60000);
    saveSegmentation(out / "s.nii.gz", controller);
    const auto read = readLabels(out / "s.nii.gz", controller.patient()->profile).volume;
    QVERIFY(read.grid.matches(controller.patient()->sourceGrid));
    QCOMPARE(resampleNearest(read, controller.patient()->grid).voxels,
             controller.shown()->labels->voxels);
    saveSlices(out / "slices.svg", page);
    QVERIFY(readText(out / "slices.svg").find("T1ce left out") != std::string::npos);
    saveSlices(out / "slices.png", page);
    const QImage picture(QString::fromStdString((out / "slices.png").string()));
    QCOMPARE(picture.width(), 3 * page.tiles()->width());
    page.dominance()->button()->click();
    QTRY_VERIFY_WITH_TIMEOUT(controller.attribution(), 60000);
    saveAttribution(out / "maps", controller);
    QVERIFY(std::filesystem::exists(out / "maps/attribution.json"));
    QVERIFY_EXCEPTION_THROWN(saveAttribution(out / "maps", controller), Error);
  }

  void theFirstCaseShownIsOneThatTrainingHasNotSeen() {
    InspectPage page;
    InspectController controller(page, *settings_);
    const auto all = cohort();
    controller.setCohort(all);
    QCOMPARE(controller.caseId(), all->splits->at("valid").front());
  }

  void activationTakesTheNewestRun() {
    InspectPage page;
    InspectController controller(page, *settings_);
    controller.setCohort(cohort());
    QVERIFY(!controller.run());
    controller.activate();
    QTRY_VERIFY_WITH_TIMEOUT(controller.run(), 60000);
    QCOMPARE(controller.run()->folder, run_);
  }

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
