#include "core/runs/recording/run_recorder.h"

#include <QTemporaryDir>
#include <QTest>
#include <cmath>
#include <fstream>

#include <unistd.h>

#include "core/files/atomic_file.h"
#include "tests/core/files/small_disk.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

StepEvent stepAt(std::int64_t step) {
  StepEvent event;
  event.step = step;
  event.steps = 600;
  event.epoch = static_cast<double>(step) / 16;
  event.seconds = 0.1;
  event.elapsedSeconds = 0.1 * static_cast<double>(step);
  event.learningRate = 3e-3;
  event.cases = {"case one"};
  event.subsets = {ModalitySet::firstOf(4), ModalitySet(ModalityId(2))};
  event.losses = {0.1 + 0.2, 1.0 / 3};
  event.meanLoss = 0.3166666666666667;
  return event;
}

GradientFacts gradients() {
  GradientFacts facts;
  facts.modalityNorms = {1e-300, std::nan(""), 2, 3};
  facts.shares = {0, std::nan(""), 0.4, 0.6};
  facts.gram = {{4, -2}, {-2, 0.1}};
  facts.conflictingPairs = 1;
  facts.mergedNorm = 1.7320508075688772;
  return facts;
}

ValidationEvent validationAt(std::int64_t step) {
  return {step, {"wt", "tc", "et"}, {0.91, 0.8, std::nan("")}, true};
}

void append(const std::filesystem::path& file, const std::string& text) {
  std::ofstream(file, std::ios::app | std::ios::binary) << text;
}

}  // namespace

class RunRecorderTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  RunFolder newRun() const {
    return RunFolder::create(temporary_.path().toStdString(), RunConfig{});
  }

 private Q_SLOTS:
  void everyNumberOfAStepReadsBack() {
    const RunFolder run = newRun();
    StepEvent event = stepAt(1);
    event.gradients = gradients();
    RunRecorder(run).onStep(event);
    const auto steps = run.steps();
    QCOMPARE(steps.size(), std::size_t{1});
    const StepEvent& back = steps.front();
    QCOMPARE(back.step, std::int64_t{1});
    QCOMPARE(back.steps, std::int64_t{600});
    QVERIFY(back.epoch == event.epoch && back.seconds == event.seconds);
    QVERIFY(back.elapsedSeconds == event.elapsedSeconds);
    QVERIFY(back.learningRate == event.learningRate);
    QVERIFY(back.cases == event.cases);
    QVERIFY(back.subsets == event.subsets);
    QVERIFY(back.losses == event.losses);
    QVERIFY(back.meanLoss == event.meanLoss);
    QVERIFY(back.gradients->gram == event.gradients->gram);
    QVERIFY(back.gradients->mergedNorm == event.gradients->mergedNorm);
    QCOMPARE(back.gradients->conflictingPairs, 1);
    QVERIFY(back.gradients->modalityNorms[0] == 1e-300);
    QVERIFY(std::isnan(back.gradients->modalityNorms[1]));
    QVERIFY(std::isnan(back.gradients->shares[1]));
    QVERIFY(back.gradients->shares[3] == 0.6);
  }

  void whatACheaperStepTellsReadsBack() {
    const RunFolder run = newRun();
    StepEvent event = stepAt(1);
    event.gradients = gradients();
    event.gradients->ranks = {1, 3, 2, 8};
    event.gradients->discarded = {0, 1.0 / 3, 1e-300, 0.01};
    event.gradients->exactCosine = 0.9998765432109877;
    RunRecorder(run).onStep(event);
    const GradientFacts back = run.steps().front().gradients.value();
    QCOMPARE(back.ranks, event.gradients->ranks);
    QVERIFY(back.discarded == event.gradients->discarded);
    QVERIFY(back.exactCosine == event.gradients->exactCosine);
  }

  void anExactStepSaysNothingOfIt() {
    const RunFolder run = newRun();
    StepEvent event = stepAt(1);
    event.gradients = gradients();
    RunRecorder(run).onStep(event);
    const std::string line = readText(run.metrics());
    for (const char* word : {"ranks", "discarded", "exact_cosine"}) QVERIFY(!contains(line, word));
    const GradientFacts back = run.steps().front().gradients.value();
    QVERIFY(back.ranks.empty() && back.discarded.empty() && std::isnan(back.exactCosine));
  }

  void linesOfOlderRunsAreRead() {
    const RunFolder run = newRun();
    append(run.metrics(),
           R"({"type":"step","step":1,"steps":2,"epoch":0.5,"seconds":1.5,"elapsed_seconds":1.5,)"
           R"("lr":0.003,"cases":["a"],"loss":0.5,"losses":[0.5],"subsets":[1],"gradients":)"
           R"({"norms":[2.0],"shares":[1.0],"gram":[[4.0]],"conflicts":0,"merged_norm":2.0}})"
           "\n");
    const auto steps = run.steps();
    QCOMPARE(steps.size(), std::size_t{1});
    QCOMPARE(steps[0].gradients->modalityNorms, std::vector<double>{2.0});
    QVERIFY(std::isnan(steps[0].gradients->exactCosine));
  }

  void aLineIsOneJsonObjectAndNanIsNull() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    recorder.onValidation(validationAt(1));
    const std::string text = readText(run.metrics());
    QCOMPARE(std::count(text.begin(), text.end(), '\n'), 2);
    QVERIFY(contains(text, "{\"type\":\"step\",\"step\":1,"));
    QVERIFY(contains(text, "\"subsets\":[15,4]"));
    QVERIFY(contains(text, "{\"type\":\"validation\",\"step\":1,"));
    QVERIFY(contains(text, "\"scores\":[0.91,0.8,null]"));
    QVERIFY(!contains(text, "gradients"));  // not measured at this step
  }

  void validationsReadBackApartFromSteps() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    recorder.onValidation(validationAt(1));
    recorder.onStep(stepAt(2));
    QCOMPARE(run.steps().size(), std::size_t{2});
    const auto validations = run.validations();
    QCOMPARE(validations.size(), std::size_t{1});
    QVERIFY(validations[0].best);
    QVERIFY(validations[0].columns == (std::vector<std::string>{"wt", "tc", "et"}));
    QCOMPARE(validations[0].scores[0], 0.91);
    QVERIFY(std::isnan(validations[0].scores[2]));
  }

  void aHalfWrittenLineIsLeftOutAndCutWhenTheRunGoesOn() {
    const RunFolder run = newRun();
    RunRecorder(run).onStep(stepAt(1));
    append(run.metrics(), "{\"type\":\"step\",\"step\":2,\"ste");
    QCOMPARE(run.steps().size(), std::size_t{1});
    RunRecorder(run).onStep(stepAt(2));
    QCOMPARE(run.steps().size(), std::size_t{2});
    QCOMPARE(run.steps().back().step, std::int64_t{2});
  }

  void aDamagedLineInTheMiddleHidesNoOther() {
    const RunFolder run = newRun();
    RunRecorder(run).onStep(stepAt(1));
    append(run.metrics(), "{\"type\":\"step\",\"subsets\":[0]}\nrubbish\n");
    RunRecorder(run).onStep(stepAt(2));
    QCOMPARE(run.steps().size(), std::size_t{2});
  }

  void aLineThatAsksForMoreThanItHoldsIsDamagedToo_data() {
    QTest::addColumn<QByteArray>("gram");
    QByteArray emptyRows;
    for (int row = 0; row < 30'000; ++row) emptyRows += ",[]";  // 7 GB as a matrix
    QTest::newRow("rows of nothing") << "[" + emptyRows.mid(1) + "]";
    QTest::newRow("a row too short") << QByteArray("[[4.0],[1.0]]");
    QTest::newRow("a row too long") << QByteArray("[[4.0, 1.0],[1.0, 2.0]]");
    QTest::newRow("a table") << QByteArray(R"({"a": [4.0]})");
    QTest::newRow("deep") << QByteArray(200'000, '[');
    QTest::newRow("a key twice") << QByteArray(R"([[4.0]],"gram":[[4.0]])");
  }
  void aLineThatAsksForMoreThanItHoldsIsDamagedToo() {
    QFETCH(QByteArray, gram);
    const RunFolder run = newRun();
    RunRecorder(run).onStep(stepAt(1));
    append(run.metrics(),
           R"({"type":"step","step":1,"steps":2,"epoch":0.5,"seconds":1.5,"elapsed_seconds":1.5,)"
           R"("lr":0.003,"cases":["a"],"loss":0.5,"losses":[0.5],"subsets":[1],"gradients":)"
           R"({"norms":[2.0],"shares":[1.0],"conflicts":0,"merged_norm":2.0,"gram":)" +
               gram.toStdString() + "}}\n");
    RunRecorder(run).onStep(stepAt(2));
    const auto steps = run.steps();
    QCOMPARE(steps.size(), std::size_t{2});
    QCOMPARE(steps[1].step, std::int64_t{2});
  }

  void aNameCannotSteerTheTerminalThatShowsTheLog() {
    const RunFolder run = newRun();
    RunRecorder(run).onNote("case a\x1b[31m\nb is left out");
    const std::string log = readText(run.path() / "log.txt");
    QVERIFY2(log.ends_with(" case a\\u001b[31m b is left out\n"), log.c_str());
  }

  void cuttingBackRemovesWhatCameLater() {
    const RunFolder run = newRun();
    {
      RunRecorder recorder(run);
      for (int step = 1; step <= 5; ++step) recorder.onStep(stepAt(step));
      recorder.onValidation(validationAt(4));
    }
    run.cutBackTo(3);
    QCOMPARE(run.steps().size(), std::size_t{3});
    QVERIFY(run.validations().empty());
    QVERIFY(run.status().step <= 3);
  }

  void secondsAddUpOverSittings() {
    const RunFolder run = newRun();
    {
      RunRecorder first(run);
      first.onState(RunState::Running, "");
      first.onStep(stepAt(100));  // 10 s
      first.onState(RunState::Interrupted, "stopped");
    }
    QCOMPARE(run.status().seconds, 10.0);
    RunRecorder second(run);
    second.onStep(stepAt(50));  // 5 s since the resume
    second.onState(RunState::Finished, "");
    QCOMPARE(run.status().seconds, 15.0);
    QCOMPARE(run.status().step, std::int64_t{50});
    QCOMPARE(run.status().pid, std::int64_t{::getpid()});
  }

  void everyChangeOfStateIsSavedAtOnce() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onState(RunState::Failed, "the first bad tensor is up 2");
    QCOMPARE(run.status().state, RunState::Failed);
    QCOMPARE(run.status().words, std::string("the first bad tensor is up 2"));
  }

  void theLogHasOneStampedLineForEachEvent() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onState(RunState::Running, "");
    recorder.onNote("two\nlines");
    recorder.onCheckpoint(100);
    recorder.onValidation(validationAt(200));
    const std::string log = readText(run.path() / "log.txt");
    QCOMPARE(std::count(log.begin(), log.end(), '\n'), 4);
    QVERIFY(contains(log, " running\n"));
    QVERIFY(contains(log, " two lines\n"));
    QVERIFY(contains(log, " step 100, checkpoint saved\n"));
    QVERIFY(contains(log, "validation dice_wt 0.910 dice_tc 0.800 dice_et nan, the best so far\n"));
    QVERIFY(log[4] == '-' && log[10] == 'T');
  }

  void aFolderThatWasDeletedStopsTheRun() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    std::filesystem::remove_all(run.path());
    const auto error = thrownBy([&] { recorder.onState(RunState::Finished, ""); });
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), run.path().string() + "\" was deleted"));
    QVERIFY(!contains(error->what(), "intact"));
    recorder.onState(RunState::Failed, error->what());  // nowhere to write it
    QVERIFY(!std::filesystem::exists(run.path()));
  }

  void itIsNoticedAtAStepWithinASecond() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    std::filesystem::remove_all(run.path());
    QTest::qWait(1100);
    QVERIFY(contains(sentenceOf([&] { recorder.onStep(stepAt(2)); }), "was deleted"));
    QVERIFY(contains(sentenceOf([&] { recorder.onValidation(validationAt(2)); }), "was deleted"));
    QVERIFY(contains(sentenceOf([&] { recorder.onCheckpoint(2); }), "was deleted"));
  }

  void aFolderThatWasMovedIsNamedAndToldWhereItIs() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    const std::filesystem::path place = run.path().string() + " elsewhere";
    std::filesystem::rename(run.path(), place);
    const std::string said = sentenceOf([&] { recorder.onState(RunState::Running, ""); });
    QVERIFY2(contains(said, "was moved to \"" + place.string()), said.c_str());
    QVERIFY(contains(said, "no checkpoint yet"));
    recorder.onState(RunState::Failed, said);
    QVERIFY(!std::filesystem::exists(run.path()));
    QCOMPARE(RunFolder::open(place).status().state, RunState::Failed);
    QCOMPARE(RunFolder::open(place).status().words, said);
  }

  void aFolderInItsPlaceThatIsAnotherIsNotTheRun() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    std::filesystem::rename(run.path(), run.path().string() + " away");
    std::filesystem::copy(run.path().string() + " away", run.path());
    QVERIFY(contains(sentenceOf([&] { recorder.onState(RunState::Running, ""); }), "was moved"));
  }

  void whatMakesItARunMayNotGo_data() {
    QTest::addColumn<QString>("name");
    for (const char* name : {"metrics.jsonl", "config.toml", "manifest.json"})
      QTest::newRow(name) << name;
  }
  void whatMakesItARunMayNotGo() {
    QFETCH(QString, name);
    const RunFolder run = newRun();
    writeAtomically(run.path() / "manifest.json", "{}");
    RunRecorder recorder(run);
    recorder.onState(RunState::Running, "");
    std::filesystem::remove(run.path() / name.toStdString());
    QVERIFY(contains(sentenceOf([&] { recorder.onState(RunState::Running, ""); }),
                     name.toStdString() + "\" was deleted"));
  }

  void onlyACheckpointThatIsThereIsCalledIntact() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    const auto failure = [&] {
      const SmallDisk disk(std::filesystem::file_size(run.metrics()) + 5);
      return sentenceOf([&] { recorder.onStep(stepAt(2)); });
    };
    QVERIFY(contains(failure(), "no checkpoint yet"));
    writeAtomically(run.checkpoints() / "last.safetensors", "x");
    RunRecorder again(run);
    const auto second = [&] {
      const SmallDisk disk(std::filesystem::file_size(run.metrics()) + 5);
      return sentenceOf([&] { again.onStep(stepAt(2)); });
    }();
    QVERIFY2(contains(second, "its last checkpoint is intact"), second.c_str());
  }

  void aFullDiskStopsTheRunWithASentence() {
    const RunFolder run = newRun();
    RunRecorder recorder(run);
    recorder.onStep(stepAt(1));
    const auto error = [&] {
      const SmallDisk disk(std::filesystem::file_size(run.metrics()) + 5);
      return thrownBy([&] { recorder.onStep(stepAt(2)); });
    }();
    QVERIFY(error.has_value());
    QCOMPARE(error->fault(), Fault::System);
    QVERIFY(contains(error->what(), run.path().string()));
    QVERIFY(contains(error->what(), "File too large"));
    QCOMPARE(run.steps().size(), std::size_t{1});
  }
};

APPLESS_TEST(RunRecorderTest)
#include "run_recorder_test.moc"
