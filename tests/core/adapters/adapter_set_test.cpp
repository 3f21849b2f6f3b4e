#include "core/adapters/adapter_set.h"

#include <QTemporaryDir>
#include <QTest>
#include <fstream>

#include <torch/types.h>

#include "core/adapters/adapter_file.h"
#include "core/files/atomic_file.h"
#include "core/problem/brats.h"
#include "core/tensorfile/metadata.h"
#include "core/tensorfile/tensorfile.h"
#include "tests/core/adapters/toy_network.h"
#include "tests/core/files/thrown.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

ModalitySet setOf(const char* keys) {
  return parseModalities(bratsModalities(), keys);
}

/// The toy, as far as its modalities are concerned another network.
class RenamedToy : public ToyNetwork {
 public:
  RenamedToy() {
    schema_ = ModalitySchema({{"rgb", "RGB"}, {"nir", "NIR"}, {"dolp", "DoLP"}, {"aolp", "AoLP"}});
  }
};

/// One parameter more.
class LargerToy : public ToyNetwork {
 public:
  LargerToy() {
    layout_.add("extra", {1});
    parameters_ = torch::cat({parameters_, torch::zeros({1})});
  }
};

AdapterSet twoLearnt(const ToyNetwork& base, const AdapterMethod& method = {}) {
  AdapterSet adapters(method, base);
  for (const char* keys : {"t2", "t1,flair"})
    adapters.put(setOf(keys), someDelta(*adapters.adapterFor(setOf(keys))));
  return adapters;
}

}  // namespace

class AdapterSetTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path file() const { return fs::path(temporary_.path().toStdString()) / "a.safetensors"; }

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void itCountsWhatWasLearnt() {
    const ToyNetwork base;  // 6·108 + 6 + 36 + 6 + 18 + 3 + 12 = 729 parameters
    QCOMPARE(base.layout().total(), 729);
    const AdapterSet adapters = twoLearnt(base, {"bitfit"});
    QCOMPARE(adapters.subsets(), (std::vector{setOf("t1,flair"), setOf("t2")}));
    QCOMPARE(adapters.learntCount(setOf("t2")), 18);
    QCOMPARE(adapters.learntPercent(setOf("t2")), 100.0 * 18 / 729);
    QCOMPARE(adapters.largestPercent(), 100.0 * 18 / 729);
    QCOMPARE(adapters.learntCount(setOf("t1")), 0);
  }

  void moreThanTheBudgetIsASentence() {
    const ToyNetwork base;
    QVERIFY(!AdapterSet({"ssf"}, base).budgetWarning());
    const auto warning = twoLearnt(base).budgetWarning();
    QVERIFY(warning);
    QVERIFY2(contains(*warning, "36 numbers") && contains(*warning, "4.94 %") &&
                 contains(*warning, "0.70 %"),
             warning->c_str());
  }

  void whatComesInIsKeptAndChecked() {
    const ToyNetwork base;
    AdapterSet adapters({"ssf"}, base);
    auto delta = adapters.adapterFor(setOf("t1"))->start();
    adapters.put(setOf("t1"), delta);
    delta.zero_();
    QVERIFY(adapters.find(setOf("t1"))->delta.abs().sum().item<float>() > 0);
    QVERIFY(adapters.find(setOf("t2")) == nullptr);
    QVERIFY_EXCEPTION_THROWN(adapters.put(setOf("t1"), torch::zeros({35})), Error);
    QVERIFY_EXCEPTION_THROWN(adapters.put(bratsModalities().all(), delta), Error);
    QVERIFY_EXCEPTION_THROWN(AdapterSet({"prompt"}, base), Error);
  }

  void whatIsWrittenIsReadBack() {
    const ToyNetwork base;
    const AdapterSet written = twoLearnt(base, {"lora", 3, 0.1});
    writeAdapters(file(), written);
    const AdapterSet read = readAdapters(file(), base);
    QCOMPARE(read.method().kind, std::string("lora"));
    QCOMPARE(read.method().rank, 3);
    QCOMPARE(read.method().alpha, 0.1);
    QCOMPARE(read.subsets(), written.subsets());
    for (const ModalitySet set : read.subsets()) {
      QVERIFY(torch::equal(read.find(set)->delta, written.find(set)->delta));
      QVERIFY(torch::equal(
          read.find(set)->adapter->effective(base.parameters(), read.find(set)->delta),
          written.find(set)->adapter->effective(base.parameters(), written.find(set)->delta)));
    }
  }

  void anotherBaseIsRefusedInWords() {
    writeAdapters(file(), twoLearnt(ToyNetwork(1)));
    const auto reason = [&](const MultimodalModel& base) {
      return sentenceOf([&] { readAdapters(file(), base); });
    };
    QVERIFY(reason(ToyNetwork(1)).empty());
    const std::string weights = reason(ToyNetwork(2)), names = reason(RenamedToy()),
                      size = reason(LargerToy());
    QVERIFY2(contains(weights, file().string()) && contains(weights, "weights"), weights.c_str());
    QVERIFY2(contains(names, "t1, t1ce, t2, flair") && contains(names, "rgb, nir"), names.c_str());
    QVERIFY2(contains(size, "729") && contains(size, "730"), size.c_str());
    const AdapterSet adapters = twoLearnt(ToyNetwork(1));
    QVERIFY_EXCEPTION_THROWN(adapters.requireBase(ToyNetwork(2)), Error);
    QVERIFY_EXCEPTION_THROWN(adapters.requireBase(RenamedToy()), Error);
    QVERIFY_EXCEPTION_THROWN(adapters.requireBase(LargerToy()), Error);
  }

  void everyTruncationAndEveryChangedByteIsRefused() {
    const ToyNetwork base;
    writeAdapters(file(), twoLearnt(base));
    const std::string whole = readText(file());
    const auto refused = [&](const std::string& content) {
      std::ofstream(file(), std::ios::binary) << content;
      return contains(sentenceOf([&] { readAdapters(file(), base); }), file().string());
    };
    for (std::size_t place = 0; place < whole.size(); ++place) {
      QVERIFY2(refused(whole.substr(0, place)), std::to_string(place).c_str());
      std::string changed = whole;
      changed[place] = static_cast<char>(changed[place] ^ 4);
      QVERIFY2(refused(changed), std::to_string(place).c_str());
    }
    QVERIFY(!refused(whole));
  }

  void aFileThatSaysWhatCannotBeIsRefused() {
    const ToyNetwork base;
    writeAdapters(file(), twoLearnt(base));
    const TensorFile sound = readTensorFile(file());
    const auto reason = [&](const auto& change) {
      TensorFile content = sound;
      change(content);
      content.metadata[kChecksumKey] = checksumOf(content);
      writeTensorFile(file(), content);
      return sentenceOf([&] { readAdapters(file(), base); });
    };
    const auto with = [&](const char* key, const char* value) {
      return reason([&](TensorFile& content) { content.metadata[key] = value; });
    };
    QVERIFY(contains(with("modascope.adapters", "2"), "format 2"));
    QVERIFY(contains(with("modascope.method", "prompt"), "\"prompt\""));
    QVERIFY(contains(with("modascope.method", "bitfit"), "18 numbers"));
    QVERIFY(contains(with("modascope.rank", "many"), "no number"));
    QVERIFY(contains(reason([](TensorFile& f) { f.metadata.erase("modascope.adapters"); }),
                     "no adapters"));
    QVERIFY(contains(reason([](TensorFile& f) { f.tensors[0].name = "t9"; }), "\"t9\""));
    QVERIFY(contains(reason([](TensorFile& f) { f.tensors[0].name = "t1+t1ce+t2+flair"; }),
                     "frozen network"));
    QVERIFY(
        contains(reason([](TensorFile& f) { f.tensors[0].type = TensorType::I32; }), "float32"));
    QVERIFY(contains(
        reason([](TensorFile& f) { std::fill_n(f.tensors[0].bytes.begin(), 4, std::byte{0xff}); }),
        "not finite"));
  }
};

APPLESS_TEST(AdapterSetTest)
#include "adapter_set_test.moc"
