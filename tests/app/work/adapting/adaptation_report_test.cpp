#include "app/work/adapting/adaptation_report.h"

#include <QTest>
#include <map>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adapted_subsets.h"
#include "app/work/adapting/adapters_worth.h"
#include "app/work/resume.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/runs/run_store.h"
#include "tests/app/work/adapting/adapting_place.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// What an adaptation records and reports, and what of its files is read again.
class AdaptationReportTest : public AdaptingPlace {
  Q_OBJECT

 private Q_SLOTS:
  void stepsAndScoresOfEachSubsetAreRecorded() {
    AdaptationRequest request = into("");
    request.out.clear();
    request.runs = path("made");
    request.subsets = "singletons";
    const RunFolder run = RunFolder::open(adaptRun(request).run);
    QCOMPARE(run.path().parent_path().parent_path(), fs::canonical(request.runs));
    const auto steps = run.steps();
    QCOMPARE(steps.size(), std::size_t{30});
    const auto singletons = subsetsToAdapt(run.manifest().problem.schema, "singletons");
    for (const StepEvent& step : steps) {
      QCOMPARE(step.steps, 30);
      QCOMPARE(step.subsets, std::vector<ModalitySet>{singletons[(step.step - 1) / 10]});
      QVERIFY(!step.cases.empty() && step.learningRate > 0);
    }
    const auto scores = run.validations();
    QCOMPARE(scores.size(), std::size_t{30});
    QCOMPARE(scores[10].step, 11);
    QCOMPARE(scores[10].columns.front(), std::string("accuracy"));
    QVERIFY(contains(readText(run.path() / "log.txt"), "frozen, "));
  }

  void whatIsKeptForTestingIsScoredOnlyWhenAsked() {
    const fs::path data = writeOthers("all_three.h5", {"train", "valid", "test"}, "");
    for (const auto& [asked, scored] :
         std::map<std::string, std::string>{{"", "valid"}, {"test", "test"}, {"none", ""}}) {
      AdaptationRequest request = into(("scored-" + asked).c_str());
      request.data = data;
      request.subsets = "colour";
      request.split = asked;
      adaptRun(request);
      const AdaptationReport report = readAdaptation(request.out);
      QCOMPARE(report.split, scored);
      QCOMPARE(report.frozen.rows.empty(), scored.empty());
      QCOMPARE(report.scores.rows.empty(), scored.empty());
    }
    AdaptationRequest request = into("only-test");
    request.data = writeOthers("only_test.h5", {"train", "test"}, "");
    request.subsets = "colour";
    QCOMPARE(adaptRun(request).state, RunState::Finished);
    QCOMPARE(readAdaptation(request.out).split, std::string());
    QVERIFY(contains(readText(request.out / "log.txt"), "--split test"));
    const std::string json = adaptationJson(readAdaptation(request.out));
    QVERIFY2(contains(json, R"("mean_frozen":null,"mean_adapted":null)"), json.c_str());
    request = into("unknown-split");
    request.split = "elsewhere";
    QVERIFY(contains(sentenceOf([&] { adaptRun(request); }), "elsewhere"));
    QVERIFY(!fs::exists(request.out));
  }

  /// Each set begins with nothing, knows the frozen network's score, then its own best, then how
  /// much it has learnt.
  void everySetIsToldAsItIsLearnt() {
    Steps steps;
    TrainingControl control;
    control.observer = &steps;
    AdaptationRequest request = into("told");
    request.subsets = "singletons";
    adaptRun(request, control);
    const auto singletons =
        subsetsToAdapt(RunFolder::open(request.out).manifest().problem.schema, "singletons");
    std::vector<AdaptedSet> done;
    for (std::size_t i = 0; i < steps.sets.size(); ++i) {
      const AdaptedSet& one = steps.sets[i];
      QCOMPARE(one.set, singletons[done.size()]);
      const bool first = i == 0 || steps.sets[i - 1].done;
      QCOMPARE(one.frozen.has_value(), !first);
      if (!first) QVERIFY(*one.adapted >= *one.frozen);  // the identity is among the candidates
      if (one.done) done.push_back(one);
    }
    QCOMPARE(done.size(), std::size_t{3});
    const auto report = readAdaptation(request.out);
    for (std::size_t i = 0; i < 3; ++i) QCOMPARE(done[i].learnt, report.learnt[i]);
  }

  /// Without a scored split, what the validation cases said while it was learnt stands there.
  void whatTheAdaptersAreWorthIsReadFromTheFolder() {
    for (const bool scored : {true, false}) {
      AdaptationRequest request = into(scored ? "worth" : "worth-unscored");
      request.subsets = "singletons";
      request.split = scored ? "valid" : "none";
      Steps steps;
      TrainingControl control;
      control.observer = &steps;
      adaptRun(request, control);
      const AdaptationReport report = readAdaptation(request.out);
      const AdaptersWorth worth = worthOf(request.out, report);
      QCOMPARE(worth.score,
               std::string(scored ? "Accuracy on the valid split" : "on the validation cases"));
      QCOMPARE(worth.sets.size(), std::size_t{3});
      std::erase_if(steps.sets, [](const AdaptedSet& one) { return !one.done; });
      for (std::size_t i = 0; i < 3; ++i) {
        const AdaptedSet& row = worth.sets[i];
        const auto meanOf = [&](const SubsetTable& table) { return meanMain(table, {row.set}); };
        QCOMPARE(row.set, report.adapted[i]);
        QCOMPARE(row.learnt, report.learnt[i]);
        QVERIFY(row.done);
        QCOMPARE(*row.frozen, scored ? meanOf(report.frozen) : *steps.sets[i].frozen);
        QCOMPARE(*row.adapted, scored ? meanOf(report.scores) : *steps.sets[i].adapted);
      }
    }
  }

  void whatIsWrittenWrongInItsFilesIsRefused_data() {
    QTest::addColumn<QString>("file");
    QTest::addColumn<QString>("from");
    QTest::addColumn<QString>("to");
    const auto row = [](const char* file, const char* from, const char* to) {
      QTest::addRow("%s %s", file, to) << file << from << to;
    };
    row("adaptation.json", "\"bits\": 1,", "\"bits\": 0,");
    row("adaptation.json", "\"bits\": 1,", "\"bits\": 257,");
    row("adaptation.json", "\"steps\": 10,", "\"steps\": -10,");
    row("adaptation.json", "\"adapted\": [", "\"adapted\": [1,");
    row("adaptation.json", "\"columns\": [", "\"columns\": [\"more\",");
    row("plan.json", "\"rank\": 4,", "\"rank\": 0,");
    row("plan.json", "\"rank\": 4,", "\"rank\": 4.5,");
    row("plan.json", "\"steps\": 10,", "\"steps\": 1e300,");
    row("plan.json", "\"lr\": 0.0,", "\"lr\": -1,");
  }
  void whatIsWrittenWrongInItsFilesIsRefused() {
    QFETCH(QString, file);
    QFETCH(QString, from);
    QFETCH(QString, to);
    AdaptationRequest request = into("edited");
    request.subsets = "singletons";
    if (!isWholeAdaptation(request.out)) adaptRun(request);
    const fs::path edited = request.out / file.toStdString();
    const std::string before = readText(edited);
    QString text = QString::fromStdString(before);
    QVERIFY2(text.contains(from), qPrintable(text));
    writeAtomically(edited, text.replace(text.indexOf(from), from.size(), to).toStdString());
    const std::string said = sentenceOf([&] {
      if (file == "plan.json")
        resumeTraining(request.out, {});
      else
        readAdaptation(request.out);
    });
    writeAtomically(edited, before);
    QVERIFY2(contains(said, file.toStdString() + "\" is not understood"), said.c_str());
  }

  void ofVolumesTheScoreIsTheMeanOfTheRegions() {
    AdaptationReport report(bratsModalities(), Task::Segmentation3d);
    report.adapted = {ModalitySet(ModalityId(0))};
    report.learnt = {7};
    report.frozen.columns = report.scores.columns = {"wt", "tc", "et"};
    report.frozen.rows = {{report.adapted.front(), {0, 0.25, 0.5}, 2}};
    report.scores.rows = {{report.adapted.front(), {1, 0.25, 0.25}, 2}};
    const std::string json = adaptationJson(report);
    QVERIFY(contains(json, R"("score":"dice")"));
    QVERIFY(contains(json, R"("mean_frozen":0.25,"mean_adapted":0.5)"));
  }
};

GUILESS_TEST(AdaptationReportTest)
#include "adaptation_report_test.moc"
