#include "core/adapters/adapted_layers.h"

#include <QTest>

#include <torch/types.h>

#include "core/adapters/adapter_set.h"
#include "core/models/factory/model_factory.h"
#include "core/problem/brats.h"
#include "tests/core/models/model_checks.h"
#include "tests/test_program.h"

using namespace modascope;
using namespace modascope::testing;

namespace {

ModalitySet setOf(const char* keys) {
  return parseModalities(bratsModalities(), keys);
}

std::unique_ptr<MultimodalModel> unet(const std::string& kind) {
  RunConfig config;
  config.model.kind = kind;
  config.model.width = 0.25;
  return makeModel(config, bratsProblem(), torch::kCPU);
}

std::unique_ptr<MultimodalModel> transformer(const std::string& kind, int embedding) {
  RunConfig config;
  config.model.kind = kind;
  config.model.embedding = embedding;
  auto model =
      makeModel(config, problemOf(Task::Regression, {{100, 1}, {73, 1}, {100, 1}}, 1), torch::kCPU);
  model->parameters().add_(0.02 * torch::randn_like(model->parameters()));
  return model;
}

const AdaptedLayer& named(const std::vector<AdaptedLayer>& layers, const std::string& name) {
  for (const AdaptedLayer& layer : layers)
    if (layer.name == name) return layer;
  throw std::runtime_error("no layer " + name);
}

/// A network's answers to the same samples after its parameters were moved.
class Moved {
 public:
  explicit Moved(const MultimodalModel& model) : model_(model.copy()) {
    layers_ = adaptedLayers(model_->layout(), model_->describe().schema.all());
  }
  torch::Tensor weight(const std::string& layer) const {
    return view(named(layers_, layer).weights.at(0));
  }
  torch::Tensor bias(const std::string& layer) const {
    return view(named(layers_, layer).biases.at(0));
  }
  torch::Tensor logits(const torch::Tensor& x) const {
    return model_->logits(x, model_->describe().schema.all());
  }

 private:
  torch::Tensor view(const ParameterBlock& block) const {
    return model_->parameters().narrow(0, block.offset, block.size).view(block.shape);
  }
  std::shared_ptr<MultimodalModel> model_;
  std::vector<AdaptedLayer> layers_;
};

}  // namespace

class AdaptedLayersTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void everyLayerBeforeTheDecoderIsFound() {
    const auto layers = adaptedLayers(unet("early-fusion")->layout(), setOf("t1"));
    QCOMPARE(layers.size(), std::size_t{5 * 2 * 2});  // levels, convolutions, each with its norm
    QCOMPARE(layers[0].name, std::string("down.0.a.conv"));
    QVERIFY(layers[0].kind == LayerKind::Convolution);
    QCOMPARE(layers[0].weights.at(0).shape, (std::vector<std::int64_t>{8, 4, 3, 3, 3}));
    QCOMPARE(layers[0].biases.at(0).name, std::string("down.0.a.conv.bias"));
    QCOMPARE(layers[19].name, std::string("down.4.b.norm"));
    QVERIFY(layers[19].kind == LayerKind::Normalisation);
    for (const AdaptedLayer& layer : layers) QVERIFY(layer.needsScale && layer.needsShift);
  }

  void aLayerWhoseBiasComesLaterOrNeverIsWhole() {
    ParameterLayout layout;
    layout.add("a.norm.weight", {2});
    layout.add("b.linear.weight", {2, 3});
    layout.add("a.norm.bias", {2});
    layout.add("a.position", {2});  // no layer
    const auto layers = adaptedLayers(layout, setOf("t1"));
    QCOMPARE(layers.size(), std::size_t{2});
    QCOMPARE(layers[0].biases.at(0).offset, 8);
    QVERIFY(layers[1].kind == LayerKind::Linear && layers[1].biases.empty());
    QCOMPARE(makeAdapter({"ssf"}, layers)->count(), 2 + 2 + 2);
    QCOMPARE(makeAdapter({"bitfit"}, layers)->count(), 2);
  }

  void partsThatTheSubsetDoesNotReachAreLeftOut() {
    const auto layers = adaptedLayers(unet("ds-norm")->layout(), setOf("t1,flair"));
    const AdaptedLayer& norm = named(layers, "inc.a.norm");
    QCOMPARE(norm.weights.size(), std::size_t{2});
    QCOMPARE(norm.weights[0].name, std::string("inc.a.norm.t1.weight"));
    QCOMPARE(norm.biases.at(1).name, std::string("inc.a.norm.flair.bias"));
    for (const AdaptedLayer& layer : adaptedLayers(unet("hemis")->layout(), setOf("t1ce")))
      QVERIFY2(layer.name.starts_with("encoder.t1ce."), layer.name.c_str());
    for (const AdaptedLayer& layer :
         adaptedLayers(unet("independent")->layout(), setOf("t1,flair")))
      QVERIFY2(layer.name.starts_with("t1+flair.down."), layer.name.c_str());
  }

  void oneScaleAndShiftFollowsTheNormalisationsOfAllModalities() {
    const auto model = unet("ds-norm");
    const auto adapter = makeAdapter({"ssf"}, model->layout(), setOf("t1,flair"));
    auto delta = adapter->start();
    const auto layers = adaptedLayers(model->layout(), setOf("t1,flair"));
    for (const ParameterBlock& block : adapter->layout().blocks()) {
      if (block.name == "inc.a.norm.scale") delta.narrow(0, block.offset, block.size).fill_(3);
      if (block.name == "inc.a.norm.shift") delta.narrow(0, block.offset, block.size).fill_(0.5);
    }
    const auto theta = adapter->effective(model->parameters(), delta);
    const auto of = [](const torch::Tensor& flat, const ParameterBlock& block) {
      return flat.narrow(0, block.offset, block.size);
    };
    const AdaptedLayer& norm = named(layers, "inc.a.norm");
    for (std::size_t m = 0; m < 2; ++m) {
      QVERIFY(
          torch::equal(of(theta, norm.weights[m]), 3 * of(model->parameters(), norm.weights[m])));
      QVERIFY(torch::equal(of(theta, norm.biases[m]),
                           3 * of(model->parameters(), norm.biases[m]) + 0.5));
    }
  }

  void whatATransformerBlockLeavesOutIsNamed() {
    const auto layers =
        adaptedLayers(transformer("early-fusion", 8)->layout(), bratsModalities().all());
    const auto needs = [&](const std::string& name) {
      const AdaptedLayer& layer = named(layers, "layer.1." + name);
      return std::pair(layer.needsScale, layer.needsShift);
    };
    QCOMPARE(needs("before.norm"), std::pair(true, false));
    QCOMPARE(needs("attention.query.linear"), std::pair(true, true));
    QCOMPARE(needs("attention.key.linear"), std::pair(false, false));
    QCOMPARE(needs("attention.value.linear"), std::pair(true, false));
    QCOMPARE(needs("attention.out.linear"), std::pair(true, true));
    QCOMPARE(needs("between.norm"), std::pair(true, false));
    QCOMPARE(needs("feed.in.linear"), std::pair(true, true));
    QCOMPARE(needs("feed.out.linear"), std::pair(true, true));
  }

  /// The whole point of leaving them out: nothing is lost.
  void whatIsLeftOutALaterLayerDoesAsWell() {
    const auto model = transformer("early-fusion", 8);
    const std::string block = "layer.0.";
    const auto scale = 1 + 0.5 * torch::rand({8});
    const auto shift = torch::randn({8});
    const Moved one(*model), other(*model);

    one.weight(block + "attention.key.linear").mul_(scale.unsqueeze(1));
    one.bias(block + "attention.key.linear").mul_(scale).add_(shift);
    other.weight(block + "attention.query.linear").mul_(scale.unsqueeze(1));
    other.bias(block + "attention.query.linear").mul_(scale);

    one.bias(block + "attention.value.linear").add_(shift);
    other.bias(block + "attention.out.linear")
        .add_(other.weight(block + "attention.out.linear").mv(shift));

    one.bias(block + "between.norm").add_(shift);
    other.bias(block + "feed.in.linear").add_(other.weight(block + "feed.in.linear").mv(shift));

    const auto x = torch::randn({5, 273});
    QVERIFY(torch::allclose(one.logits(x), other.logits(x), 1e-4, 1e-5));
    QVERIFY(!torch::allclose(one.logits(x), Moved(*model).logits(x), 1e-2, 1e-3));
  }

  void aNormalisationsShiftBeforeAttentionGoesIntoItsLayers() {
    const auto model = transformer("early-fusion", 8);
    const std::string attention = "layer.0.attention.";
    const auto shift = torch::randn({8});
    const Moved one(*model), other(*model);
    one.bias("layer.0.before.norm").add_(shift);
    other.bias(attention + "query.linear").add_(other.weight(attention + "query.linear").mv(shift));
    other.bias(attention + "out.linear")
        .add_(other.weight(attention + "out.linear")
                  .mv(other.weight(attention + "value.linear").mv(shift)));
    const auto x = torch::randn({5, 273});
    QVERIFY(torch::allclose(one.logits(x), other.logits(x), 1e-4, 1e-5));
    QVERIFY(!torch::allclose(one.logits(x), Moved(*model).logits(x), 1e-2, 1e-3));
  }

  void scaleAndShiftOfTransformersStaysWithinTheBudget_data() {
    QTest::addColumn<QString>("kind");
    for (const char* kind : {"early-fusion", "ds-transformer", "mult"}) QTest::newRow(kind) << kind;
  }
  void scaleAndShiftOfTransformersStaysWithinTheBudget() {
    QFETCH(QString, kind);
    const auto model = transformer(kind.toStdString(), 256);
    const auto total = static_cast<double>(model->layout().total());
    const ModalitySchema schema = model->describe().schema;
    for (const ModalitySet set : allSubsets(schema)) {
      const auto learnt = makeAdapter({"ssf"}, model->layout(), set)->count();
      const double percent = 100 * static_cast<double>(learnt) / total;
      QVERIFY2(percent > 0.1 && percent < AdapterSet::kBudgetPercent,
               std::to_string(percent).c_str());
    }
  }
};

APPLESS_TEST(AdaptedLayersTest)
#include "adapted_layers_test.moc"
