#include "app/work/adapting/adaptation.h"

#include <QTemporaryDir>
#include <QTest>
#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include <torch/types.h>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adapted_subsets.h"
#include "app/work/adapting/adapters_worth.h"
#include "app/work/resume.h"
#include "app/work/trained_run.h"
#include "app/work/training/training.h"
#include "app/work/weights_exchange.h"
#include "core/config/config_keys.h"
#include "core/events/run_phase.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/models/model.h"
#include "core/problem/brats.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "tests/core/featurefile/made_up_features.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
namespace fs = std::filesystem;

namespace {

struct Steps : TrainObserver {
  std::vector<StepEvent> events;
  std::vector<AdaptedSet> sets;
  std::function<void(const StepEvent&)> onEach;
  std::function<void()> onPaused;
  void onState(RunState state, const std::string&) override {
    if (state == RunState::Paused) onPaused();
  }
  void onStep(const StepEvent& event) override {
    events.push_back(event);
    if (onEach) onEach(event);
  }
  void onAdapted(const AdaptedSet& set) override { sets.push_back(set); }
};

}  // namespace

/// An adaptation is a run: it is recorded, stopped and resumed like one.
class AdaptationTest : public QObject {
  Q_OBJECT

  QTemporaryDir folder_;
  fs::path base_;

  fs::path path(const char* name) const { return folder_.filePath(name).toStdString(); }
  AdaptationRequest into(const char* out) const {
    AdaptationRequest request;
    request.run = base_;
    request.data = path("made_up.h5");
    request.out = path(out);
    request.steps = 10;
    return request;
  }

  /// Shaped like the base's, with these splits; no sample of `colourless` has its colour.
  fs::path writeOthers(const char* name, const std::vector<std::string>& splits,
                       const std::string& colourless) const {
    Hdf5Writer writer(path(name));
    constexpr std::size_t kCount = 9;
    for (const std::string& split : splits) {
      std::vector<float> some(kCount * 6);
      for (std::size_t i = 0; i < some.size(); ++i) some[i] = static_cast<float>(i * 7 % 5);
      const auto firstOf = [&](std::size_t width) {
        return std::vector<float>(some.begin(), some.begin() + static_cast<long>(kCount * width));
      };
      writer.floats(split + "/shape", {kCount, 4}, firstOf(4));
      writer.floats(split + "/sound", {kCount, 3, 2}, some);
      writer.floats(split + "/colour", {kCount, 5}, firstOf(5));
      writer.integers(split + "/colour_absent", {kCount},
                      std::vector<int>(kCount, split == colourless ? 1 : 0));
      writer.integers(split + "/labels", {kCount}, {0, 1, 2, 0, 1, 2, 0, 1, 2});
    }
    return path(name);
  }

  static std::vector<double> recordedLosses(const fs::path& run) {
    std::vector<double> losses;
    for (const StepEvent& step : RunFolder::open(run).steps()) losses.push_back(step.meanLoss);
    return losses;
  }

  /// Stops after the step, and keeps the subsets that were learnt before.
  static fs::path stopAt(std::int64_t step, const AdaptationRequest& request) {
    std::stop_source stop;
    Steps steps;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == step) stop.request_stop();
    };
    TrainingControl control;
    control.observer = &steps;
    control.stop = stop.get_token();
    const TrainingOutcome outcome = adaptRun(request, control);
    if (outcome.state != RunState::Interrupted || outcome.steps != (step - 1) / 10 * 10)
      qFatal("It was not stopped there.");
    return outcome.run;
  }

 private Q_SLOTS:
  void initTestCase() {
    writeMadeUpFeatures(path("made_up.h5").string());
    TrainingRequest request{path("made_up.h5"), path("runs"), standardFor(Task::Classification)};
    request.config.model.kind = "early-fusion";
    request.config.model.embedding = 16;
    request.config.train.steps = 20;
    base_ = startTraining(request, {}).run;
  }

  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen_data() {
    QTest::addColumn<QString>("method");
    for (const char* method : {"ssf", "lora", "dedicated"}) QTest::newRow(method) << method;
  }
  void whatWasStoppedGoesOnAndEndsAsIfItHadNotBeen() {
    QFETCH(QString, method);
    AdaptationRequest whole = into(qPrintable("whole-" + method));
    whole.method = method.toStdString();
    QCOMPARE(adaptRun(whole).state, RunState::Finished);
    AdaptationRequest parts = into(qPrintable("parts-" + method));
    parts.method = method.toStdString();
    stopAt(24, parts);  // in the third of six subsets
    QVERIFY(!isWholeAdaptation(parts.out));
    Steps steps;
    TrainingControl control;
    control.observer = &steps;
    QCOMPARE(adaptRun(parts, control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{40});
    QCOMPARE(steps.events.front().step, 21);
    QCOMPARE(recordedLosses(parts.out), recordedLosses(whole.out));
    QCOMPARE(readText(parts.out / "adapters.safetensors"),
             readText(whole.out / "adapters.safetensors"));
    QCOMPARE(readText(parts.out / "adaptation.json"), readText(whole.out / "adaptation.json"));
  }

  void stoppedBeforeItsFirstStepItLeavesEverythingAsItWas() {
    std::stop_source stop;
    stop.request_stop();
    TrainingControl control;
    control.stop = stop.get_token();
    const TrainingOutcome none = adaptRun(into("never-begun"), control);
    QCOMPARE(none.state, RunState::Interrupted);
    QVERIFY(none.run.empty());
    QVERIFY(!fs::exists(path("never-begun")));
    const AdaptationRequest begun = into("stopped-twice");
    stopAt(24, begun);  // in the third subset
    const TrainingOutcome again = adaptRun(begun, control);
    QCOMPARE(again.state, RunState::Interrupted);
    QCOMPARE(again.run, begun.out);
    QCOMPARE(again.steps, 20);
    QCOMPARE(RunFolder::open(begun.out).status().state, RunState::Interrupted);
    QCOMPARE(adaptRun(begun).state, RunState::Finished);
  }

  void theFoldedWeightsOfASubsetAreExported() {
    AdaptationRequest request = into("exported");
    request.subsets = "shape,sound+colour";
    request.method = "dedicated";  // never the frozen network's own weights
    adaptRun(request);
    const auto exported = [&](const char* file, const std::string& subset) {
      exportRunWeights({request.out, path(file), "last", "modascope", subset});
      return path(file);
    };
    TrainingRequest import{path("made_up.h5"), path("runs"), RunFolder::open(base_).config()};
    import.init = {exported("folded.safetensors", "colour+sound"), "modascope"};
    const TrainedRun plain = openTrainedRun(importAsRun(import));
    const TrainedRun adapted = openTrainedRun(request.out);
    const auto x = torch::rand({3, plain.manifest.problem.inputs.total()});
    const ModalitySet set = parseModalities(plain.manifest.problem.schema, "sound,colour");
    QVERIFY(torch::equal(plain.network->logits(x, set), adapted.network->logits(x, set)));
    QVERIFY(!torch::equal(plain.network->logits(x, set),
                          openTrainedRun(base_).network->logits(x, set)));
    for (const char* subset : {"", "sound", "shape,sound,colour"}) {
      const std::string sentence = sentenceOf([&] { exported("none.safetensors", subset); });
      QVERIFY2(contains(sentence, "colour+sound, shape") && contains(sentence, "adapter"),
               sentence.c_str());
    }
    QVERIFY(!fs::exists(path("none.safetensors")));
  }

  void resumingTheRunGoesOnWithIt() {
    const AdaptationRequest request = into("resumed");
    const fs::path run = stopAt(15, request);
    QCOMPARE(RunFolder::open(run).status().state, RunState::Interrupted);
    const TrainingOutcome outcome = resumeTraining(run, {});
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(outcome.steps, 60);
    QCOMPARE(readAdaptation(run).adapted.size(), std::size_t{6});
    QVERIFY(contains(sentenceOf([&] { resumeTraining(run, {}); }), "finished"));
  }

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

  void pausedItWaits() {
    PauseSwitch pause;
    Steps steps;
    std::atomic<bool> resumed = false;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == 3) pause.pause();
      if (event.step == 4 && !resumed) qFatal("It did not wait.");
    };
    std::jthread other;
    steps.onPaused = [&] {
      other = std::jthread([&] {
        std::this_thread::sleep_for(std::chrono::milliseconds(100));
        resumed = true;
        pause.resume();
      });
    };
    TrainingControl control;
    control.observer = &steps;
    control.pause = &pause;
    QCOMPARE(adaptRun(into("paused"), control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{60});
    QVERIFY(contains(readText(path("paused") / "log.txt"), "paused"));
  }

  void whatNoTrainingDataHasGetsNoAdapter() {
    AdaptationRequest request = into("untaught");
    request.data = writeOthers("untaught.h5", {"train", "valid"}, "train");
    QCOMPARE(adaptRun(request).state, RunState::Finished);
    QCOMPARE(readAdaptation(request.out).adapted.size(), std::size_t{3});  // of shape and sound
    QVERIFY(contains(readText(request.out / "log.txt"), "it gets no adapter"));
  }

  void whatNoValidDataHasKeepsItsLastAdapter() {
    AdaptationRequest request = into("unvalidated");
    request.data = writeOthers("unvalidated.h5", {"train", "valid", "test"}, "valid");
    request.subsets = "colour";
    QCOMPARE(adaptRun(request).state, RunState::Finished);
    QVERIFY(contains(readText(request.out / "log.txt"), "the last is kept"));
    const TrainedRun adapted = openTrainedRun(request.out), base = openTrainedRun(base_);
    const auto x = torch::ones({1, 15});
    const ModalitySet colour{ModalityId(0)};  // in the order of their names
    QVERIFY(!torch::equal(adapted.network->logits(x, colour), base.network->logits(x, colour)));
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
      const AdaptersWorth worth = worthOf(request.out);
      const AdaptationReport report = readAdaptation(request.out);
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

  void whatWasLearntBeforeIsToldWithItsScores() {
    AdaptationRequest request = into("told-later");
    Steps first;
    TrainingControl control;
    control.observer = &first;
    std::stop_source stop;
    first.onEach = [&](const StepEvent& event) {
      if (event.step == 15) stop.request_stop();
    };
    control.stop = stop.get_token();
    adaptRun(request, control);
    const auto done = std::find_if(first.sets.begin(), first.sets.end(),
                                   [](const AdaptedSet& one) { return one.done; });
    Steps second;
    TrainingControl again;
    again.observer = &second;
    adaptRun(request, again);
    QCOMPARE(second.sets.front().set, done->set);
    QCOMPARE(second.sets.front().learnt, done->learnt);
    QCOMPARE(*second.sets.front().frozen, *done->frozen);
    QCOMPARE(*second.sets.front().adapted, *done->adapted);
    QVERIFY(second.sets.front().done);
  }

  void anEndThatWasAllButReachedIsReached() {
    AdaptationRequest request = into("almost");
    request.subsets = "singletons";
    adaptRun(request);
    RunFolder folder = RunFolder::open(request.out);
    RunStatus status = folder.status();
    status.state = RunState::Interrupted;
    folder.writeStatus(status);
    QCOMPARE(resumeTraining(request.out, {}).state, RunState::Finished);
    QCOMPARE(folder.status().state, RunState::Finished);
  }

  void whereverAKillCameFirstItGoesOnAsAnAdaptation_data() {
    QTest::addColumn<QStringList>("left");
    QTest::addColumn<bool>("resumed");
    const QStringList order{"lock",       ".plan.json.4711-0.tmp", "plan.json", "config.toml",
                            "state.json", "manifest.json"};
    for (int i = 0; i <= order.size(); ++i)
      for (const bool resumed : {false, true}) {
        if (resumed && i < 3) continue;  // nothing says yet what it was to be
        QTest::addRow("%d files, %s", i, resumed ? "resumed" : "asked for again")
            << order.mid(0, i) << resumed;
      }
  }
  void whereverAKillCameFirstItGoesOnAsAnAdaptation() {
    QFETCH(QStringList, left);
    QFETCH(bool, resumed);
    const std::string name =
        "cut-" + std::to_string(left.size()) + (resumed ? "-resumed" : "-again");
    AdaptationRequest request = into(name.c_str());
    request.subsets = "singletons";
    stopAt(1, request);
    RunFolder folder = RunFolder::open(request.out);
    RunStatus status = folder.status();
    status.state = RunState::Preparing;
    status.pid = 0;  // of a process that is gone
    folder.writeStatus(status);
    if (left.contains(".plan.json.4711-0.tmp"))
      writeAtomically(request.out / ".plan.json.4711-0.tmp", "{");
    for (const fs::path& file : entriesOf(request.out))
      if (!left.contains(QString::fromStdString(file.filename()))) fs::remove_all(file);
    QVERIFY(left.size() < 3 || isAdaptation(request.out));
    const TrainingOutcome outcome = resumed ? resumeTraining(request.out, {}) : adaptRun(request);
    QCOMPARE(outcome.state, RunState::Finished);
    QCOMPARE(outcome.steps, 30);
    QCOMPARE(readAdaptation(request.out).adapted.size(), std::size_t{3});
    QVERIFY(!fs::exists(request.out / "checkpoints"));
    QVERIFY(!fs::exists(request.out / ".plan.json.4711-0.tmp"));
  }

  void twoProgramsDoNotLearnInOneFolder() {
    AdaptationRequest request = into("twice");
    request.subsets = "singletons";
    stopAt(11, request);
    const RunLock other(request.out);
    QVERIFY(contains(sentenceOf([&] { resumeTraining(request.out, {}); }), "still going on"));
    QVERIFY(contains(sentenceOf([&] { adaptRun(request); }), "still going on"));
  }

  /// Else what was decided by would no longer hold when it is written.
  void theFolderIsHeldBeforeAnythingIsReadForIt() {
    AdaptationRequest request = into("held");
    const fs::path base = request.run.parent_path() / "base-of-held";
    fs::copy(request.run, base, fs::copy_options::recursive);
    request.run = base;
    request.subsets = "singletons";
    stopAt(11, request);
    fs::remove_all(base / "checkpoints");
    const auto said = [&] { return sentenceOf([&] { adaptRun(request); }); };
    QVERIFY(contains(said(), "checkpoint"));
    const RunLock other(request.out);
    QVERIFY(contains(said(), "still going on"));
  }

  void aFolderThatIsDeletedStopsItAndIsNotMadeAgain() {
    AdaptationRequest request = into("deleted");
    Steps steps;
    steps.onEach = [&](const StepEvent& event) {
      if (event.step == 5) fs::remove_all(request.out);
    };
    TrainingControl control;
    control.observer = &steps;
    const auto error = thrownBy([&] { adaptRun(request, control); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(!fs::exists(request.out));
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

  void anotherRequestDoesNotTouchWhatWasBegun() {
    AdaptationRequest request = into("begun");
    stopAt(11, request);
    const std::string before = readText(request.out / "adapters.safetensors");
    AdaptationRequest other = request;
    other.steps = 11;
    QVERIFY(contains(sentenceOf([&] { adaptRun(other); }), "not empty"));
    QCOMPARE(readText(request.out / "adapters.safetensors"), before);
  }

  void subsetsAreNamedByWordsOrOneByOne() {
    const ModalitySchema& brats = bratsModalities();
    const auto count = [&](const char* words) { return subsetsToAdapt(brats, words).size(); };
    QCOMPARE(count("all"), std::size_t{14});
    QCOMPARE(count("leave-one-out"), std::size_t{4});
    QCOMPARE(count("t1"), std::size_t{1});
    QCOMPARE(subsetsToAdapt(brats, "t1 + t2, flair,t2+t1"),
             (std::vector{parseModalities(brats, "t1,t2"), parseModalities(brats, "flair")}));
    for (const char* wrong : {"", ",", "t1,,t2", "nonsense", "t1+nonsense", "full"})
      QVERIFY2(!sentenceOf([&] { subsetsToAdapt(brats, wrong); }).empty(), wrong);
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(brats, "t1+full"); }), "\"full\""));
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(brats, "t1,t1+t1ce+t2+flair"); }),
                     "needs no adapter"));
    const ModalitySchema two({{"rgb", "RGB"}, {"depth", "Depth"}});
    QVERIFY(contains(sentenceOf([&] { subsetsToAdapt(two, "pairs"); }), "no set that lacks"));
  }

  void theBaseIsFoundWhereTheWholeFolderWasMovedTo() {
    fs::create_directories(path("here/runs"));
    fs::copy(base_, path("here/runs") / base_.filename(), fs::copy_options::recursive);
    AdaptationRequest request = into("here/adapted/ssf");
    request.subsets = "singletons";
    request.run = path("here/runs") / base_.filename();
    adaptRun(request);
    fs::rename(path("here"), path("there"));
    const TrainedRun moved = openTrainedRun(path("there/adapted/ssf"));
    QCOMPARE(moved.folder, fs::canonical(path("there/adapted/ssf")));
    fs::rename(path("there/runs") / base_.filename(), path("there/adapted") / base_.filename());
    openTrainedRun(path("there/adapted/ssf"));
    fs::remove_all(path("there/adapted") / base_.filename());
    const auto said = sentenceOf([&] { openTrainedRun(path("there/adapted/ssf")); });
    QVERIFY2(contains(said, base_.filename().c_str()), said.c_str());
    QVERIFY(contains(said, "put it"));
  }

  void anotherRunOfTheSameNameIsNotTheBase() {
    fs::create_directories(path("impostor/runs"));
    const fs::path base = path("impostor/runs") / base_.filename();
    fs::copy(base_, base, fs::copy_options::recursive);
    AdaptationRequest request = into("impostor/runs/ssf");
    request.subsets = "singletons";
    request.run = base;
    adaptRun(request);
    RunFolder folder = RunFolder::open(base);
    RunManifest manifest = folder.manifest();
    manifest.parameters += 1;
    folder.writeManifest(manifest);
    QVERIFY(contains(sentenceOf([&] { openTrainedRun(request.out); }), "needs the run"));
  }

  void whatWasBegunGoesOnAfterBothFoldersWereMoved() {
    fs::create_directories(path("before"));
    fs::copy(base_, path("before") / base_.filename(), fs::copy_options::recursive);
    AdaptationRequest request = into("before/ssf");
    request.run = path("before") / base_.filename();
    stopAt(21, request);
    fs::rename(path("before"), path("after"));
    Steps steps;
    TrainingControl control;
    control.observer = &steps;
    QCOMPARE(resumeTraining(path("after/ssf"), control).state, RunState::Finished);
    QCOMPARE(steps.events.size(), std::size_t{40});
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

  void aDamagedBeginningIsASentence() {
    const AdaptationRequest request = into("damaged");
    stopAt(11, request);
    const fs::path file = request.out / "adapters.safetensors";
    fs::resize_file(file, fs::file_size(file) - 5);
    QVERIFY(contains(sentenceOf([&] { adaptRun(request); }), "adapters.safetensors"));
  }
};

GUILESS_TEST(AdaptationTest)
#include "adaptation_test.moc"
