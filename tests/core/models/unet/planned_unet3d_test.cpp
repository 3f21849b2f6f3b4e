#include "core/models/unet/planned_unet3d.h"

#include <QTest>

#include <torch/types.h>

#include "core/models/unet/ds_encoder_unet3d.h"
#include "core/models/unet/early_fusion_unet3d.h"
#include "core/models/unet/hemis_unet3d.h"
#include "core/models/unet/independent_unets3d.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

ModalitySchema schemaOf(int modalities) {
  std::vector<Modality> all;
  for (int m = 0; m < modalities; ++m) {
    const std::string name(1, static_cast<char>('a' + m));
    all.push_back({name, name});
  }
  return ModalitySchema(all);
}

template <typename Network>
std::unique_ptr<AutogradModel> made(double width, int modalities) {
  return std::make_unique<Network>(width, schemaOf(modalities),
                                   std::vector<std::string>{"wt", "tc", "et"}, Seed{7},
                                   torch::kCPU);
}

using Make = std::unique_ptr<AutogradModel> (*)(double, int);

/// Channels that are all open or all shut, so that rounding cannot carry a voxel across the ReLU.
void keepAwayFromTheKink(const MultimodalModel& net) {
  for (std::size_t b = 0; b < net.layout().blocks().size(); ++b) {
    const std::string& name = net.layout()[b].name;
    const auto values = torch::randn_like(net.parameter(b));
    if (name.ends_with("norm.weight")) net.parameter(b).copy_(0.1 * values.clamp(-1, 1));
    if (name.ends_with("norm.bias")) net.parameter(b).copy_(values.sign());
  }
}

double relativeError(const torch::Tensor& a, const torch::Tensor& b) {
  return ((a - b).norm() / b.norm()).item<double>();
}

}  // namespace

Q_DECLARE_METATYPE(Make)

/// The blocked layers against the tensor library's, which autograd follows.
class PlannedUnet3dTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void bothEnginesGiveTheSame_data() {
    QTest::addColumn<Make>("make");
    QTest::addColumn<double>("width");
    QTest::addColumn<int>("modalities");
    const std::pair<const char*, Make> networks[] = {{"early-fusion", made<EarlyFusionUnet3d>},
                                                     {"hemis", made<HemisUnet3d>},
                                                     {"ds-encoder", made<DsEncoderUnet3d>},
                                                     {"independent", made<IndependentUnets3d>}};
    for (const auto& [name, make] : networks) {
      QTest::addRow("%s, quarter, 3", name) << make << 0.25 << 3;
      QTest::addRow("%s, half, 2", name) << make << 0.5 << 2;
    }
    // As many plain volumes as a block has lanes.
    QTest::addRow("early-fusion, quarter, 8") << Make(made<EarlyFusionUnet3d>) << 0.25 << 8;
  }
  void bothEnginesGiveTheSame() {
    QFETCH(Make, make);
    QFETCH(double, width);
    QFETCH(int, modalities);
    const auto net = make(width, modalities);
    keepAwayFromTheKink(*net);
    const auto all = ModalitySet::firstOf(static_cast<std::size_t>(modalities));
    const std::vector<ModalitySet> subsets{ModalitySet(ModalityId(1)), all,
                                           ModalitySet::firstOf(2)};
    const auto x = torch::randn({2, modalities, 16, 32, 16});
    const auto tape = net->recordSubsets(x, subsets);
    const auto plain = net->AutogradModel::recordSubsets(x, subsets);
    std::vector<torch::Tensor> cotangents;
    for (std::size_t s = 0; s < subsets.size(); ++s) {
      QVERIFY(relativeError(tape->outputs()[s], plain->outputs()[s]) < 1e-5);
      QVERIFY(torch::equal(net->logits(x, subsets[s]), tape->outputs()[s]));
      cotangents.push_back(torch::randn_like(tape->outputs()[s]));
    }
    const auto row = tape->pullBack(cotangents), expected = plain->pullBack(cotangents);
    for (const ParameterBlock& block : net->layout().blocks()) {
      const auto part = expected.narrow(0, block.offset, block.size);
      // A bias before its own normalisation of whole channels only moves by rounding.
      const double size = block.name.ends_with("conv.bias") ? expected.norm().item<double>()
                                                            : part.norm().item<double>();
      const double off = (row.narrow(0, block.offset, block.size) - part).norm().item<double>();
      QVERIFY2(off <= 1e-4 * size, block.name.c_str());
    }
    cotangents[0] = cotangents[1] = torch::Tensor();
    QVERIFY(relativeError(tape->pullBack(cotangents), plain->pullBack(cotangents)) < 1e-4);
  }
};

APPLESS_TEST(PlannedUnet3dTest)
#include "planned_unet3d_test.moc"
