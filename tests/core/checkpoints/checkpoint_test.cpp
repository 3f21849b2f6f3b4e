#include "core/checkpoints/checkpoint.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <torch/types.h>

#include "core/files/atomic_file.h"
#include "core/tensorfile/tensorfile.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/small_network.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

/// One file: what goes in comes out, and nothing else does.
class CheckpointTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path folder() const { return temporary_.path().toStdString(); }
  fs::path file() const { return folder() / "last.safetensors"; }

 private Q_SLOTS:
  void aTrainingCheckpointHoldsEverythingToGoOnWith() {
    const SmallNetwork written(0.25, 1);
    Adam optimiser(written.model->parameters(), 0);
    optimiser.restore(torch::rand_like(optimiser.first()), torch::rand_like(optimiser.second()), 7);
    const TrainingPosition progress{7, 6, 0.1 + 0.2};
    writeTraining(file(), *written.model, optimiser, progress);

    const SmallNetwork read(0.25, 2);
    Adam restored(read.model->parameters(), 0);
    QVERIFY(readTraining(file(), *read.model, restored) == progress);
    QVERIFY(torch::equal(read.model->parameters(), written.model->parameters()));
    QVERIFY(torch::equal(restored.first(), optimiser.first()));
    QVERIFY(torch::equal(restored.second(), optimiser.second()));
    QCOMPARE(restored.steps(), 7);
    QVERIFY(checkTraining(file()) == progress);
    const SmallNetwork weights(0.25, 3);
    QCOMPARE(loadWeights(folder(), "last", *weights.model), 7);
    QVERIFY(torch::equal(weights.model->parameters(), written.model->parameters()));
  }

  void everyTruncationAndEveryChangedByteIsRefused() {
    const SmallNetwork network(0.25, 1);
    writeWeights(file(), *network.model, {3});
    const std::string whole = readText(file());
    const auto before = network.model->parameters().clone();
    const auto refused = [&](const std::string& content) {
      std::ofstream(file(), std::ios::binary) << content;
      return contains(sentenceOf([&] { readWeights(file(), *network.model); }), file().string());
    };
    auto rng = Seed{4}.stream("places");
    for (int i = 0; i < 40; ++i) {
      const std::size_t place = i < 20 ? below(rng, 3000) : below(rng, whole.size());
      QVERIFY2(refused(whole.substr(0, place)), std::to_string(place).c_str());
      std::string changed = whole;
      changed[place] = static_cast<char>(changed[place] ^ 1);
      QVERIFY2(refused(changed), std::to_string(place).c_str());
    }
    QVERIFY(torch::equal(network.model->parameters(), before));
    QVERIFY(!refused(whole));
  }

  void aCheckpointOfAnotherNetworkIsRefusedByNameAndNothingIsLoaded() {
    const SmallNetwork wide(0.5, 1), network(0.25, 2);
    writeWeights(file(), *wide.model, {});
    const auto before = network.model->parameters().clone();
    const std::string sentence = sentenceOf([&] { loadWeights(folder(), "last", *network.model); });
    QVERIFY2(contains(sentence, R"("inc.a.conv.weight" has the shape [16, 1, 3, 3, 3], not [8, 1)"),
             sentence.c_str());
    QVERIFY2(contains(sentence, "more"), sentence.c_str());
    QVERIFY(torch::equal(network.model->parameters(), before));
  }

  void aTensorThatIsMissingAtTheEndLeavesTheFirstOnesAlone() {
    const SmallNetwork one(0.25, 1), other(0.25, 2);
    one.model->parameter(one.model->layout().blocks().size() - 1).fill_(NAN);
    writeWeights(file(), *one.model, {});
    const auto before = other.model->parameters().clone();
    const std::string sentence = sentenceOf([&] { readWeights(file(), *other.model); });
    QVERIFY2(contains(sentence, R"("head.bias" holds numbers that are not finite)"),
             sentence.c_str());
    QVERIFY(torch::equal(other.model->parameters(), before));
  }

  void weightsAloneDoNotContinueARun() {
    const SmallNetwork network(0.25, 1);
    writeWeights(file(), *network.model, {3});
    QVERIFY(contains(sentenceOf([&] { checkTraining(file()); }), "weights alone"));
  }

  void aNameThatIsNotThereIsAnsweredWithThoseThatAre() {
    const SmallNetwork network(0.25, 1);
    QTemporaryDir empty;
    const fs::path place = empty.path().toStdString();
    QVERIFY(contains(sentenceOf([&] { loadWeights(place, "last", *network.model); }),
                     "has not written one yet"));
    writeWeights(place / "best.safetensors", *network.model, {});
    writeWeights(place / "snapshot-000010.safetensors", *network.model, {});
    QVERIFY(contains(sentenceOf([&] { loadWeights(place, "last", *network.model); }),
                     "there is best, snapshot-000010."));
  }

  void aForeignFileIsNoCheckpoint() {
    const SmallNetwork network(0.25, 1);
    writeTensorFile(file(), {});
    QVERIFY(contains(sentenceOf([&] { readWeights(file(), *network.model); }), "modascope.step"));
  }

  void weightsOfTheFirstRunsHaveNoChecksumAndAreRead() {
    const SmallNetwork network(0.25, 1), other(0.25, 2);
    writeWeights(file(), *network.model, {});
    TensorFile content = readTensorFile(file());
    content.metadata = {{"modascope.step", "600"}};
    writeTensorFile(file(), content);
    QCOMPARE(readWeights(file(), *other.model).step, 600);
    QVERIFY(torch::equal(other.model->parameters(), network.model->parameters()));
  }
};

APPLESS_TEST(CheckpointTest)
#include "checkpoint_test.moc"
