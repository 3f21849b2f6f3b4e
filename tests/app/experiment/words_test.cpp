#include <QDir>
#include <QTemporaryDir>
#include <QTest>

#include "app/experiment/form/command_words.h"
#include "app/experiment/form/unused_edits.h"
#include "app/experiment/planning/cohort_words.h"
#include "app/experiment/planning/plan_panel.h"
#include "app/inspect/inspect_controller.h"
#include "app/inspect/inspect_words.h"
#include "app/inspect/run_remark.h"
#include "core/config/config_keys.h"
#include "core/problem/brats.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

const ModalityId kT1(0);
const ModalityId kT1ce(1);
const ModalityId kFlair(3);

CaseInfo caseOf(const std::string& id, Presence t1ce, Presence segmentation) {
  CaseInfo info;
  info.id = id;
  info.modalities.assign(4, {Presence::Present, {}, 0});
  info.modalities[1].presence = t1ce;
  info.segmentationPresence = segmentation;
  return info;
}

/// Nothing of the network is needed.
OpenedRun openedRun() {
  return {{}, RunManifest(bratsProblem()), {"", bratsModalities(), {}, {}}, 0, {}, PatientRule()};
}

}  // namespace

class WordsTest : public QObject {
  Q_OBJECT
 private Q_SLOTS:
  void leftOutAndMissingAreTwoThings() {
    const auto& schema = bratsModalities();
    const auto all = schema.all();
    QCOMPARE(showingWords(schema, all, all), "Showing: T1, T1ce, T2, FLAIR");
    QCOMPARE(showingWords(schema, *all.without(kT1ce), all),
             "Showing: T1, T2, FLAIR (T1ce left out)");
    QCOMPARE(showingWords(schema, *all.without(kT1ce), all, Corruption::Noise),
             "Showing: T1, T2, FLAIR (noise for T1ce)");
    QCOMPARE(intactWords(schema, *all.without(kT1ce), all, Corruption::Shuffled),
             "T1, T2, FLAIR, another's T1ce");
    QCOMPARE(intactWords(schema, *all.without(kT1ce), all, Corruption::Absent), "T1, T2, FLAIR");
    const auto noFlair = *all.without(kFlair);
    QCOMPARE(showingWords(schema, *noFlair.without(kT1), noFlair),
             "Showing: T1ce, T2 (T1 left out; FLAIR missing)");
  }

  void theSummaryCountsCasesAndModalities() {
    Cohort cohort{bratsProblem()};
    cohort.cases = {caseOf("a", Presence::Present, Presence::Present),
                    caseOf("b", Presence::Absent, Presence::Absent)};
    QCOMPARE(summaryOf(cohort), (QStringList{"2 cases, 1 with a segmentation",
                                             "T1, T2, FLAIR in every case; T1ce in 1"}));
    QVERIFY(!whyNotTrainable(cohort));
  }

  void everyTaskHasItsWordForACase() {
    Cohort cohort{bratsProblem()};
    cohort.cases = {caseOf("a", Presence::Present, Presence::Present)};
    cohort.problem.task = Task::Segmentation2d;
    QCOMPARE(summaryOf(cohort),
             (QStringList{"1 picture, 1 with a label", "T1, T1ce, T2, FLAIR in every picture"}));
    cohort.cases[0].segmentationPresence = Presence::Absent;
    QCOMPARE(*whyNotTrainable(cohort), "None of these pictures has a label to learn from.");
    cohort.cases.clear();
    QCOMPARE(summaryOf(cohort), QStringList{"No usable picture"});
    cohort.problem.task = Task::Regression;
    QCOMPARE(*whyNotTrainable(cohort), "None of these samples can be used.");
    cohort.problem.task = Task::Segmentation3d;
    QCOMPARE(summaryOf(cohort), QStringList{"No usable case"});
  }

  void theRemarkOnARunSpeaksOfTheTask() {
    Cohort cohort{bratsProblem()};
    cohort.problem.task = Task::Classification;
    cohort.folder = "/data/digits.h5";
    OpenedRun run = openedRun();
    run.step = 40;
    QCOMPARE(remarkOn(run, cohort, "a"),
             "Checkpoint of step 40. Training has not seen this sample.");
    run.manifest.splits["train"] = {"a"};
    run.manifest.data = cohort.folder;
    QCOMPARE(remarkOn(run, cohort, "a"),
             "Checkpoint of step 40. The network was trained on this sample: its scores flatter.");
    run.manifest.problem.task = cohort.problem.task;
    run.manifest.splits["train"] = {"03bSnISJMiM[1]"};
    QCOMPARE(
        remarkOn(run, cohort, "03bSnISJMiM[2]"),
        "Checkpoint of step 40. The network was trained on another sample of the same speaker: "
        "the scores of this one flatter.");
    run.manifest.problem.task = cohort.problem.task = Task::Segmentation3d;
    run.manifest.splits["train"] = {"BraTS-GLI-00001-100"};
    QVERIFY(
        remarkOn(run, cohort, "BraTS-GLI-00001-101").contains("another case of the same patient"));
    QVERIFY(remarkOn(run, cohort, "BraTS-GLI-00002-100").contains("has not seen"));
    run.patients = PatientRule("case");  // of the run's own settings
    QVERIFY(remarkOn(run, cohort, "BraTS-GLI-00001-101").contains("has not seen"));
  }

  void theRemarkIsMadeWhereTheDataCannotBeReached() {
    const QTemporaryDir made;
    const std::filesystem::path loop = made.filePath("loop").toStdString();
    std::filesystem::create_symlink(loop, loop);
    Cohort cohort{bratsProblem()};
    cohort.problem.task = Task::Classification;
    cohort.folder = made.path().toStdString();
    OpenedRun run = openedRun();
    run.manifest.splits["train"] = {"a"};
    for (const auto& data : {loop, loop / "x", cohort.folder / std::string(300, 'w')}) {
      run.manifest.data = data;
      QVERIFY(remarkOn(run, cohort, "a").contains("elsewhere"));
    }
  }

  void samplesAreCountedBySplitWithTheirShapes() {
    const ModalitySchema schema({{"text", "Text"}, {"vision", "Vision"}});
    Cohort cohort(
        Problem{Task::Regression, schema, InputLayout({{100, 1}, {28, 20}}), {"sentiment"}});
    CaseInfo sample;
    sample.modalities.assign(2, {Presence::Present, {}, 0});
    cohort.cases.assign(3, sample);
    cohort.cases[2].modalities[1].presence = Presence::Absent;
    cohort.splits = Splits{{"test", {"c"}}, {"train", {"a", "b"}}};
    QCOMPARE(summaryOf(cohort),
             (QStringList{"3 samples: 2 train, 1 test", "Text (100), Vision (20 × 28) in 2",
                          "regression: sentiment"}));
  }

  void everyExclusionHasItsReasonAndComesFirst() {
    Cohort cohort{bratsProblem()};
    cohort.cases = {caseOf("a", Presence::Present, Presence::Present),
                    caseOf("b", Presence::Unreadable, Presence::Present)};
    cohort.cases[0].notes = {"The slope is 0."};
    cohort.cases[1].verdict = Verdict::Excluded;
    cohort.cases[1].notes = {"T1ce is cut off."};
    QCOMPARE(remarksOf(cohort),
             (QStringList{"b (excluded): T1ce is cut off.", "a (note): The slope is 0."}));
    QCOMPARE(excludedIn(cohort), 1);
    QCOMPARE(summaryOf(cohort).first(), "1 case, 1 with a segmentation");
  }

  void withoutSegmentationsNothingCanBeLearned() {
    Cohort cohort{bratsProblem()};
    cohort.cases = {caseOf("a", Presence::Present, Presence::Absent)};
    QVERIFY(whyNotTrainable(cohort).has_value());
    cohort.cases.clear();
    QVERIFY(whyNotTrainable(cohort).has_value());
  }

  void theCommandSaysWhatDiffersFromTheDefault() {
    RunConfig config;
    config.train.steps = 77;
    QCOMPARE(
        commandFor({"/data/brats", "/home/me/runs", config}, Task::Segmentation3d, "modascope"),
        "modascope train --data /data/brats --out /home/me/runs --set train.steps=77");
  }

  void theCommandCountsFromTheTasksOwnSettings() {
    const RunConfig config = standardFor(Task::Regression);
    QCOMPARE(commandFor({"/x.h5", "/runs", config}, Task::Regression, "modascope"),
             "modascope train --data /x.h5 --out /runs");
  }

  void theCommandRunsInAnyFolder() {
    const QString here = QDir::currentPath();
    QCOMPARE(
        commandFor({"x.h5", "runs", RunConfig()}, Task::Segmentation3d, "/opt/my apps/modascope"),
        QString("'/opt/my apps/modascope' train --data %1/x.h5 --out %1/runs").arg(here));
    QVERIFY(commandToResume("runs/a", 90, "modascope").endsWith("/runs/a --set train.steps=90"));
    QVERIFY(!commandToResume("/runs/a", {}, "modascope").contains("--set"));
  }

  void aPathOfAnyKindStaysOneWordOfTheShell() {
    const auto command = [](const std::string& data) {
      return commandFor({data, "/r", RunConfig()}, Task::Segmentation3d, "m");
    };
    QCOMPARE(command("/my data/o'brien"), "m train --data '/my data/o'\\''brien' --out /r");
    QCOMPARE(command("/two\nlines"), "m train --data $'/two\\012lines' --out /r");
    QCOMPARE(command("/not\xfftext"), "m train --data $'/not\\377text' --out /r");
  }

  void everyChoiceOfAnAdaptationIsInItsCommand() {
    AdaptationRequest request;
    request.run = "/runs/base";
    request.data = "/x.h5";
    request.runs = "/nowhere/runs";
    request.method = "lora";
    request.subsets = "-odd";
    request.checkpoint = "best";
    request.rank = 8;
    request.steps = 50;
    request.learningRate = 0.00123456789;
    request.seed = 0;
    request.split = "test";
    QCOMPARE(commandFor(request, "m"),
             "m adapt --run /runs/base --data /x.h5 --out /nowhere/runs/base-lora --method lora "
             "--subsets=-odd --checkpoint best --rank 8 --steps 50 --lr 0.00123456789 --seed 0 "
             "--split test");
  }

  void anAdaptationsFolderIsOneThatIsNotThereYet() {
    const QTemporaryDir runs;
    QVERIFY(QDir(runs.path()).mkdir("base-ssf"));
    AdaptationRequest request;
    request.run = "/runs/base/";
    request.runs = runs.path().toStdString();
    QVERIFY2(commandFor(request, "m").contains("/base-ssf-2 "),
             qPrintable(commandFor(request, "m")));
  }

  void unusedEditsNameKeyEditedAndRecorded() {
    RunConfig shown, edited, recorded;
    recorded.train.steps = 60;
    shown.train.steps = 60;
    edited.train.steps = 90;
    edited.train.method = "joint";
    QCOMPARE(unusedEdits(shown, edited, recorded),
             (QStringList{"Method joint → gmd (train.method)", "Steps 90 → 60 (train.steps)"}));
    QVERIFY(unusedEdits(edited, edited, recorded).isEmpty());  // nobody edited anything
  }

  void theTimeSaysWhatItIsMadeOf() {
    RunPlan plan;
    plan.train = 6;
    plan.valid = 2;
    plan.excluded = 3;
    plan.steps = 600;
    plan.validations = 3;
    QCOMPARE(splitWords(plan), "6 for training, 2 for validation, 3 excluded");
    QVERIFY(timeWords(plan).isEmpty());
    plan.pace = KnownPace{0.5, 20.0, "gmd-7fb0"};
    QCOMPARE(timeWords(plan),
             "about 6 min 0 s: 0.50 s a step and 3 validations of 20 s (as in gmd-7fb0)");
    plan.pace = KnownPace{0.5, std::nullopt, ""};
    QCOMPARE(timeWords(plan),
             "about 5 min 0 s: 0.50 s a step; without 3 validations, whose time "
             "is not known (as tried)");
  }
};

APPLESS_TEST(WordsTest)
#include "words_test.moc"
