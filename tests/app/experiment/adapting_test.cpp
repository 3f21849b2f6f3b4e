#include <QClipboard>
#include <QComboBox>
#include <QGuiApplication>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTemporaryDir>
#include <QTest>

#include "app/experiment/adaptation_dialog.h"
#include "app/experiment/experiment_controller.h"
#include "app/experiment/experiment_page.h"
#include "app/settings/app_settings.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adaptation_request.h"
#include "app/work/training/training.h"
#include "core/cohort/cohort.h"
#include "core/runs/run_store.h"
#include "tests/app/jobs/feature_run.h"
#include "tests/test_program.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"
#include "widgets/plots/gradient_plot.h"
#include "widgets/plots/loss_plot.h"
#include "widgets/tables/adaptation_table.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// A trained network is adapted from the window: asked, watched, stopped, gone on with.
class AdaptingTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  const fs::path root_ = folder_.path().toStdString();
  const fs::path data_ = writeSentiment(root_ / "tiny.h5");
  const fs::path run_ = startTraining({data_, root_ / "runs", tinyFeatureConfig(4)}, {}).run;

  template <typename Widget>
  static Widget* named(QWidget& parent, const QString& name) {
    for (auto* child : parent.findChildren<Widget*>())
      if (child->accessibleName() == name) return child;
    return nullptr;
  }
  static QPushButton* button(QWidget& parent, const QString& words) {
    for (auto* child : parent.findChildren<QPushButton*>())
      if (child->text().contains(words)) return child;
    return nullptr;
  }

  /// They are looked at beside the GUI thread.
  static void awaitRuns(const AdaptationDialog& dialog) {
    const auto listed = [&] { return !dialog.problem().startsWith("Looking"); };
    if (!QTest::qWaitFor(listed, 60000)) qFatal("The runs are not listed.");
  }

  /// The page with the data open.
  struct Window {
    AppSettings settings;
    ExperimentPage page;
    ExperimentController controller{page, settings};
    QSignalSpy ended{&controller, &ExperimentController::trainingEnded};

    explicit Window(const AdaptingTest& test) : settings(test.root_ / "settings.ini") {
      settings.setRunsFolder(test.root_ / "runs");
      page.resize(1300, 800);
      page.show();
      QSignalSpy opened(&controller, &ExperimentController::cohortOpened);
      controller.openData(test.data_);
      if (!opened.wait(60000)) qFatal("The data do not open.");
    }
    AdaptationDialog* ask() {
      QTest::mouseClick(button(page, "Adapt a trained network"), Qt::LeftButton);
      auto* dialog = page.findChild<AdaptationDialog*>();
      if (dialog != nullptr) awaitRuns(*dialog);
      return dialog;
    }
  };

 private Q_SLOTS:
  void aNetworkIsAdaptedAndWhatItIsWorthIsSaid() {
    Window window(*this);
    AdaptationDialog* dialog = window.ask();
    QVERIFY(dialog != nullptr);
    QCOMPARE(dialog->request().run, run_);
    QCOMPARE(dialog->problem(), QString());
    named<QComboBox>(*dialog, "Adapted to")->setCurrentIndex(2);  // one alone
    for (auto* spin : dialog->findChildren<QSpinBox*>())
      if (spin->value() == kAdapterSteps) spin->setValue(6);
    QTest::mouseClick(button(*dialog, "Start"), Qt::LeftButton);
    QVERIFY(window.controller.isTraining());
    QVERIFY(!button(window.page, "Adapt a trained network")->isEnabled());
    QVERIFY(!window.page.findChild<GradientPlot*>()->isVisible());
    QVERIFY(window.page.adapters()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(!window.page.adapters()->sets().empty(), 60000);
    QTRY_COMPARE_WITH_TIMEOUT(window.ended.size(), 1, 60000);
    const fs::path made = window.controller.runFolder();
    QCOMPARE(readAdaptation(made).adapted.size(), std::size_t{3});
    QCOMPARE(window.page.findChild<LossPlot*>()->table().moments().size(), std::size_t{18});
    QVERIFY2(window.page.notice()->sentence().startsWith("ssf for 3 sets of modalities"),
             qPrintable(window.page.notice()->sentence()));
    const AdaptationReport report = readAdaptation(made);
    QCOMPARE(report.split, std::string("valid"));  // there is no test split, and nobody asked
    const auto& sets = window.page.adapters()->sets();
    QCOMPARE(sets.size(), std::size_t{3});
    for (std::size_t i = 0; i < 3; ++i) {
      QCOMPARE(sets[i].set, report.adapted[i]);
      QCOMPARE(sets[i].learnt, report.learnt[i]);
      QCOMPARE(*sets[i].frozen, meanMain(report.frozen, {sets[i].set}));
      QCOMPARE(*sets[i].adapted, meanMain(report.scores, {sets[i].set}));
    }
    QSignalSpy inspect(&window.controller, &ExperimentController::inspectRequested);
    Q_EMIT window.page.notice()->chosen("Inspect");
    QCOMPARE(inspect.size(), 1);
    // An adaptation is not itself a base; and the next ordinary run shows its gradients.
    QTRY_VERIFY(window.page.findChild<AdaptationDialog*>() == nullptr);
    QCOMPARE(named<QComboBox>(*window.ask(), "Network")->count(), 1);
    window.controller.setConfig(tinyFeatureConfig(2));
    window.controller.start();
    QVERIFY(window.page.findChild<GradientPlot*>()->isVisible());
    QVERIFY(!window.page.adapters()->isVisible());
    QTRY_COMPARE_WITH_TIMEOUT(window.ended.size(), 2, 60000);
  }

  void whatWasStoppedIsOfferedAndGoesOn() {
    Window window(*this);
    AdaptationRequest request;
    request.run = run_;
    request.data = data_;
    request.runs = root_ / "runs";
    request.steps = 2000;
    window.controller.adapt(request);
    QTRY_VERIFY_WITH_TIMEOUT(window.controller.lastStep(), 60000);
    window.controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(window.ended.size(), 1, 60000);
    const fs::path made = window.controller.runFolder();
    QCOMPARE(RunFolder::open(made).status().state, RunState::Interrupted);
    QVERIFY(button(*window.page.notice(), "Inspect") == nullptr);  // there is nothing to see yet
    QTest::mouseClick(button(*window.page.controls(), "Resume"), Qt::LeftButton);
    QVERIFY(window.controller.isTraining());
    window.controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(window.ended.size(), 2, 60000);

    Window next(*this);
    next.controller.offerResume();
    QTRY_VERIFY_WITH_TIMEOUT(!next.page.notice()->sentence().isEmpty(), 60000);
    QVERIFY(
        next.page.notice()->sentence().contains(QString::fromStdString(made.filename().string())));
    Q_EMIT next.page.notice()->chosen("Resume");
    QVERIFY(next.controller.isTraining());
    QVERIFY(!next.page.findChild<GradientPlot*>()->isVisible());
    QTRY_VERIFY_WITH_TIMEOUT(next.controller.lastStep(), 60000);
    QCOMPARE(next.controller.runFolder(), made);
    next.controller.stop();
    QTRY_COMPARE_WITH_TIMEOUT(next.ended.size(), 1, 60000);
  }

  void theFormSaysWhatCannotBe() {
    const Cohort cohort = openCohort(data_);
    AdaptationDialog dialog(cohort, root_ / "runs", {}, nullptr);
    QVERIFY(!button(dialog, "Start")->isEnabled());
    QVERIFY(dialog.problem().startsWith("Looking for trained networks"));
    awaitRuns(dialog);
    QVERIFY(button(dialog, "Start")->isEnabled());
    auto* sets = named<QComboBox>(dialog, "Adapted to");
    sets->setCurrentIndex(sets->count() - 1);
    QVERIFY(!button(dialog, "Start")->isEnabled());
    QLineEdit* own = nullptr;
    for (auto* edit : dialog.findChildren<QLineEdit*>())
      if (!edit->placeholderText().isEmpty()) own = edit;
    QVERIFY(own != nullptr);
    QCOMPARE(own->placeholderText(), "text+vision, text");
    QTest::keyClicks(own, "text, text + nothing");
    QVERIFY2(dialog.problem().contains("\"nothing\""), qPrintable(dialog.problem()));
    own->clear();
    QTest::keyClicks(own, "text+vision, audio");
    QVERIFY(button(dialog, "Start")->isEnabled());
    QCOMPARE(dialog.request().subsets, std::string("text+vision, audio"));

    AdaptationDialog without(cohort, root_ / "none", {}, nullptr);
    awaitRuns(without);
    QVERIFY(!button(without, "Start")->isEnabled());
    QVERIFY(without.problem().contains("no trained network"));
  }

  void testCasesAreScoredOnlyWhenChosen() {
    Cohort cohort = openCohort(data_);
    AdaptationDialog plain(cohort, root_ / "runs", {}, nullptr);
    QCOMPARE(plain.request().split, std::string());  // the validation cases
    QCOMPARE(named<QComboBox>(plain, "Scored at the end")->findData("test"), -1);
    cohort.splits->emplace("test", cohort.splits->at("valid"));
    AdaptationDialog dialog(cohort, root_ / "runs", {}, nullptr);
    QCOMPARE(dialog.request().split, std::string());
    auto* splits = named<QComboBox>(dialog, "Scored at the end");
    splits->setCurrentIndex(splits->findData("test"));
    QCOMPARE(dialog.request().split, std::string("test"));
    cohort.splits->erase("valid");
    AdaptationDialog unvalidated(cohort, root_ / "runs", {}, nullptr);
    QCOMPARE(unvalidated.request().split, std::string(kNoSplit));
  }

  void typedStepsStay() {
    AdaptationDialog dialog(openCohort(data_), root_ / "runs", run_, nullptr);
    awaitRuns(dialog);
    auto* method = named<QComboBox>(dialog, "Method");
    method->setCurrentText("dedicated");
    QCOMPARE(dialog.request().steps, 4);  // the run's own
    method->setCurrentText("lora");
    QCOMPARE(dialog.request().steps, kAdapterSteps);
    for (auto* spin : dialog.findChildren<QSpinBox*>())
      if (spin->value() == kAdapterSteps) spin->setValue(50);
    method->setCurrentText("dedicated");
    QCOMPARE(dialog.request().steps, 50);
  }

  void theSameAdaptationIsACommand() {
    Window window(*this);
    AdaptationDialog* dialog = window.ask();
    named<QComboBox>(*dialog, "Method")->setCurrentText("lora");
    QTest::mouseClick(button(*dialog, "Copy as command"), Qt::LeftButton);
    const QString command = QGuiApplication::clipboard()->text();
    QVERIFY2(command.contains(" adapt --run /"), qPrintable(command));
    QVERIFY2(command.endsWith("-lora --method lora --steps 300"), qPrintable(command));
  }
};

WINDOW_TEST(AdaptingTest)
#include "adapting_test.moc"
