#include "core/checkpoints/foreign_weights.h"

#include <QFile>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>
#include <cstring>

#include <torch/types.h>

#include "core/checkpoints/weights.h"
#include "core/problem/brats.h"
#include "core/tensorfile/tensorfile.h"
#include "tests/core/files/thrown.h"
#include "tests/core/train/small_network.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;
namespace fs = std::filesystem;

namespace {

TensorEntry as(TensorType type, torch::ScalarType scalar, const TensorEntry& entry) {
  const auto tensor = tensorOf(entry).to(scalar);
  TensorEntry converted{entry.name, type, entry.shape, {}};
  converted.bytes.resize(static_cast<std::size_t>(tensor.numel()) * byteSize(type));
  std::memcpy(converted.bytes.data(), tensor.data_ptr(), converted.bytes.size());
  return converted;
}

}  // namespace

class ForeignWeightsTest : public QObject {
  Q_OBJECT

  QTemporaryDir temporary_;
  fs::path file() const { return temporary_.filePath("w.safetensors").toStdString(); }

  static TensorFile contentOf(const SmallNetwork& network) {
    return weightsOf(*network.model, blockNames(network.model->layout()));
  }
  /// The sentence with which it is refused, after a look whether anything was loaded.
  std::string refusal(const TensorFile& content) const {
    writeTensorFile(file(), content);
    const SmallNetwork target(0.25, 2);
    const auto before = target.model->parameters().clone();
    const std::string sentence =
        sentenceOf([&] { importWeights(file(), NameMap::open("modascope"), *target.model); });
    return torch::equal(target.model->parameters(), before) ? sentence : "half loaded";
  }

 private Q_SLOTS:
  void whatGoesOutUnderOtherNamesComesBack() {
    const SmallNetwork sent(0.25, 1), received(0.25, 2);
    const NameMap map = NameMap::open("indexed");
    exportWeights(file(), map, *sent.model);
    QVERIFY(readTensorFile(file()).at("up.3.b.norm.3.bias").shape ==
            (std::vector<std::int64_t>{8}));
    importWeights(file(), map, *received.model);
    QVERIFY(torch::equal(received.model->parameters(), sent.model->parameters()));
  }

  void otherFloatingPointTypesAreConverted() {
    const SmallNetwork sent(0.25, 1), received(0.25, 2);
    TensorFile content = contentOf(sent);
    auto& t = content.tensors;
    t[0] = as(TensorType::F64, torch::kFloat64, t[0]);
    t[1] = as(TensorType::F16, torch::kHalf, t[1]);
    t[2] = as(TensorType::BF16, torch::kBFloat16, t[2]);
    writeTensorFile(file(), content);
    importWeights(file(), NameMap::open("modascope"), *received.model);
    QVERIFY(torch::equal(received.model->parameter(0), sent.model->parameter(0)));
    QVERIFY(torch::equal(received.model->parameter(1),
                         sent.model->parameter(1).to(torch::kHalf).to(torch::kFloat32)));
    QVERIFY(torch::equal(received.model->parameter(2), sent.model->parameter(2)));  // ones
  }

  void theLastTensorDecidesBeforeTheFirstIsLoaded() {
    const SmallNetwork sent(0.25, 1);
    const TensorFile sound = contentOf(sent);
    QVERIFY(refusal(sound) == "half loaded");  // that is, all loaded

    TensorFile wrong = sound;
    wrong.tensors.pop_back();
    QVERIFY(contains(refusal(wrong), R"("head.bias" is missing)"));
    wrong = sound;
    wrong.tensors.push_back({"surplus", TensorType::F32, {0}, {}});
    QVERIFY(contains(refusal(wrong), R"("surplus" is not a tensor of this network)"));
    wrong = sound;
    wrong.tensors.back().shape = {3, 1};
    QVERIFY(contains(refusal(wrong), R"("head.bias" has the shape [3, 1], not [3])"));
    wrong = sound;
    wrong.tensors.back().type = TensorType::I32;
    QVERIFY(contains(refusal(wrong), R"("head.bias" does not hold floating-point numbers)"));
  }

  void tenFaultsAreNamedAndTheOthersCounted() {
    TensorFile content;
    for (const char* name : {"a", "b", "c", "d", "e"})
      content.tensors.push_back({name, TensorType::F32, {0}, {}});
    const SmallNetwork network(0.25, 1);
    const std::string sentence = refusal(content);
    const auto blocks = network.model->layout().blocks().size();
    QVERIFY2(contains(sentence, "and " + std::to_string(blocks + 5 - 10) + " more"),
             sentence.c_str());
    QCOMPARE(QString::fromStdString(sentence).count("is missing"), 10);
  }

  void twoWeightsOfOneNameAreNotWritten() {
    const SmallNetwork network(0.25, 1);
    const NameMap map = NameMap::parse(R"({"names": {"{a}.norm.{modality}.{k}": "{a}.norm.{k}"}})");
    QVERIFY(contains(sentenceOf([&] { exportWeights(file(), map, *network.model); }), "twice"));
  }

  void oneNormalisationCanServeAllModalities() {  // as in a network of one modality
    const NameMap map = NameMap::parse(R"({"names": {"{a}.norm.{modality}.{k}": "{a}.norm.{k}"}})");
    const SmallNetwork sent(0.25, 1), received(0.25, 2);
    TensorFile content;
    for (TensorEntry& entry : contentOf(sent).tensors) {
      const auto place = entry.name.find(".norm.t1.");
      if (entry.name.find(".norm.") != std::string::npos && place == std::string::npos) continue;
      if (place != std::string::npos) entry.name.erase(place + 6, 3);
      content.tensors.push_back(entry);
    }
    writeTensorFile(file(), content);
    importWeights(file(), map, *received.model);
    QVERIFY(torch::equal(received.model->parameters(), sent.model->parameters()));
  }

  void aPlainPyTorchNetworkSaysTheSameAfterItsWeightsCameIn() {
    const fs::path peer = fs::path(MODASCOPE_SOURCE_DIR).parent_path() / "shared/peer/peer_gmd.py";
    if (!fs::exists(peer)) QSKIP("the PyTorch network is not there");
    const QString system = "/usr/bin/python3";  // where Debian's PyTorch is
    QProcess python;
    python.start(QFile::exists(system) ? system : "python3",
                 {PEER_SCRIPT, QString::fromStdString(peer.parent_path()), temporary_.path()});
    if (!python.waitForStarted()) QSKIP("python3 is not there");
    QVERIFY(python.waitForFinished(120000));
    if (python.exitCode() == 77) QSKIP("python3-torch is not there");
    QVERIFY2(python.exitCode() == 0, python.readAllStandardError().constData());

    const SmallNetwork network(0.5, 2);
    const auto at = [&](const char* name) {
      return fs::path(temporary_.filePath(name).toStdString());
    };
    importWeights(at("peer.safetensors"), NameMap::open("indexed"), *network.model);
    const TensorFile seen = readTensorFile(at("seen.safetensors"));
    const auto theirs = tensorOf(seen.at("logits"));  // [M, N, K, D, H, W]
    auto& late = dynamic_cast<LateFusionModel&>(*network.model);
    const torch::NoGradGuard noGrad;
    const auto ours = late.branchLogits(tensorOf(seen.at("x")), bratsModalities().ids());
    const auto difference = (ours - theirs.transpose(0, 1)).abs().max().item<double>();
    qInfo("largest difference of logits: %g", difference);
    QVERIFY2(difference < 1e-5, std::to_string(difference).c_str());
    QVERIFY(theirs.abs().max().item<double>() > 0.05);  // not all zero
  }
};

APPLESS_TEST(ForeignWeightsTest)
#include "foreign_weights_test.moc"
