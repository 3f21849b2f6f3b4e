#include "core/checkpoints/checkpoint_keeper.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <torch/types.h>

#include "core/files/atomic_file.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/small_network.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

RunConfig::Train settings(std::int64_t every, double minutes = 0, std::int64_t snapshots = 0) {
  RunConfig::Train train;
  train.checkpointEvery = every;
  train.checkpointMinutes = minutes;
  train.snapshotEvery = snapshots;
  return train;
}

/// A run whose weights say which step it is at.
struct Run {
  QTemporaryDir temporary;
  fs::path folder = temporary.path().toStdString();
  SmallNetwork network{0.25, 1};
  Adam optimiser{network.model->parameters(), 0};

  bool step(CheckpointKeeper& keeper, std::int64_t step) {
    network.model->parameters().fill_(static_cast<double>(step));
    return keeper.afterStep(*network.model, optimiser, {step});
  }
  fs::path file(const std::string& name) const { return folder / (name + ".safetensors"); }
  double weight(const std::string& name) const {
    const SmallNetwork read(0.25, 2);
    loadWeights(folder, name, *read.model);
    return read.model->parameters()[0].item<double>();
  }
  std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator(folder)) all.push_back(entry.path().filename());
    std::sort(all.begin(), all.end());
    return all;
  }
};

void spoil(const fs::path& file) {
  fs::resize_file(file, fs::file_size(file) / 2);
}

}  // namespace

class CheckpointKeeperTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void theLastTwoAreKeptAndSnapshotsStay() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(2, 0, 3));
    std::vector<std::int64_t> written;
    for (std::int64_t step = 1; step <= 7; ++step)
      if (run.step(keeper, step)) written.push_back(step);
    QVERIFY(written == (std::vector<std::int64_t>{2, 4, 6}));
    QCOMPARE(run.weight("last"), 6.0);
    QCOMPARE(run.weight("previous"), 4.0);
    QCOMPARE(run.weight("snapshot-000003"), 3.0);
    QCOMPARE(run.names().size(), std::size_t{5});
    QVERIFY(fs::file_size(run.file("snapshot-000003")) < fs::file_size(run.file("last")) / 2);
  }

  void theClockAsksForACheckpoint() {
    Run run;
    std::chrono::steady_clock::time_point now{};
    CheckpointKeeper keeper(run.folder, settings(1000, 5), [&now] { return now; });
    now += std::chrono::minutes(4);
    QVERIFY(!run.step(keeper, 1));
    now += std::chrono::minutes(1);
    QVERIFY(run.step(keeper, 2));
    QVERIFY(!run.step(keeper, 3));
    now += std::chrono::minutes(5);
    QVERIFY(run.step(keeper, 4));
    QCOMPARE(run.weight("previous"), 2.0);
  }

  void theSameStepIsNotWrittenTwice() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    QVERIFY(run.step(keeper, 1));
    QVERIFY(!keeper.save(*run.network.model, run.optimiser, {1}));
    QVERIFY(keeper.save(*run.network.model, run.optimiser, {1, 1, 0.5}));
  }

  void aDamagedCheckpointGivesWayToTheOneBeforeWithANote() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1, 0, 1));
    for (std::int64_t step = 1; step <= 3; ++step) run.step(keeper, step);
    spoil(run.file("last"));
    const ResumePoint found = findResumePoint(run.folder).value();
    QCOMPARE(found.progress.step, 2);
    QVERIFY2(contains(found.note, "last.safetensors"), found.note.c_str());
    QVERIFY2(contains(found.note, "step 2"), found.note.c_str());

    CheckpointKeeper again(run.folder, settings(1, 0, 1));
    QCOMPARE(again.resume(*run.network.model, run.optimiser).step, 2);
    QCOMPARE(run.network.model->parameters()[0].item<double>(), 2.0);
    QCOMPARE(readText(run.folder / "last.json"), std::string("{\"step\": 2}\n"));
    QCOMPARE(run.weight("last"), 2.0);  // and the damaged one can replace nothing any more
    QVERIFY(!fs::exists(run.file("snapshot-000003")));
    QVERIFY(run.step(again, 3));
    QCOMPARE(run.weight("previous"), 2.0);
    QVERIFY(findResumePoint(run.folder)->note.empty());
  }

  void withoutACheckpointARunBeginsAndWithDamagedOnesItDoesNot() {
    Run run;
    QVERIFY(!findResumePoint(run.folder));
    CheckpointKeeper keeper(run.folder, settings(1));
    QVERIFY(keeper.resume(*run.network.model, run.optimiser) == TrainingPosition{});
    run.step(keeper, 1);
    run.step(keeper, 2);
    spoil(run.file("last"));
    spoil(run.file("previous"));
    const std::string sentence = sentenceOf([&] { findResumePoint(run.folder); });
    QVERIFY2(contains(sentence, "last.safetensors") && contains(sentence, "previous.safetensors"),
             sentence.c_str());
  }

  void aKillBetweenAnyTwoFileOperationsLeavesARunThatGoesOn() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    run.step(keeper, 1);
    run.step(keeper, 2);
    const auto resumesAt = [&](std::int64_t step) {
      CheckpointKeeper again(run.folder, settings(1));
      QCOMPARE(again.resume(*run.network.model, run.optimiser).step, step);
      QVERIFY(run.names() ==
              (std::vector<std::string>{"last.json", "last.safetensors", "previous.safetensors"}));
    };
    std::ofstream(run.folder / "..next.tmp.1-0.tmp") << "half";  // while it is written
    resumesAt(2);
    fs::copy_file(run.file("last"), run.folder / ".next.tmp");  // before `last` has a second name
    resumesAt(2);
    fs::create_hard_link(run.file("last"), run.folder / ".second.tmp");
    resumesAt(2);
    fs::remove(run.file("previous"));
    fs::create_hard_link(run.file("last"), run.file("previous"));  // before it is replaced
    resumesAt(2);
  }

  void theNextCheckpointLeavesNothingWhereAKillLeftOneFileWithBothNames() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    run.step(keeper, 1);
    fs::create_hard_link(run.file("last"), run.file("previous"));
    run.step(keeper, 2);
    QVERIFY(run.names() ==
            (std::vector<std::string>{"last.json", "last.safetensors", "previous.safetensors"}));
    QCOMPARE(run.weight("previous"), 1.0);
  }

  void aKillBeforeTheStepOfTheLastCheckpointIsToldIsMended() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    run.step(keeper, 1);
    fs::remove(run.folder / "last.json");
    CheckpointKeeper again(run.folder, settings(1));
    again.resume(*run.network.model, run.optimiser);
    QVERIFY(!again.save(*run.network.model, run.optimiser, {1}));  // at its end: nothing is due
    QCOMPARE(readText(run.folder / "last.json"), std::string("{\"step\": 1}\n"));
  }

  void aFullDiskLeavesTheLastCheckpoint() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    run.step(keeper, 1);
    fs::create_directory(run.folder / ".next.tmp");  // where the next one would be put together
    QVERIFY(!sentenceOf([&] { run.step(keeper, 2); }).empty());
    QCOMPARE(run.weight("last"), 1.0);
  }

  void theBestScoreIsKept() {
    Run run;
    CheckpointKeeper keeper(run.folder, settings(1));
    keeper.saveBest(*run.network.model, {1, 1, 0.25});
    keeper.save(*run.network.model, run.optimiser, {2, 1, 0.25});
    CheckpointKeeper again(run.folder, settings(1));
    QVERIFY(again.resume(*run.network.model, run.optimiser) == (TrainingPosition{2, 1, 0.25}));
    QVERIFY(fs::exists(run.file("best")));
  }
};

APPLESS_TEST(CheckpointKeeperTest)
#include "checkpoint_keeper_test.moc"
