#include "core/models/cmnext/picture_decoder.h"

#include <QTest>

#include <torch/csrc/autograd/autograd.h>
#include <torch/types.h>

#include "tests/test_program.h"

using namespace modascope;

namespace {

const std::vector<std::int64_t> kChannels{2, 3, 5};

ParameterValues randomValues(const ParameterLayout& layout) {
  ParameterValues values;
  for (const ParameterBlock& block : layout.blocks())
    values.push_back(0.5 * torch::randn(block.shape, torch::kFloat64));
  return values;
}

std::vector<torch::Tensor> randomStages() {
  std::vector<torch::Tensor> stages;
  for (std::int64_t s = 0; s < 3; ++s)
    stages.push_back(torch::randn({2, 8 >> s, 12 >> s, kChannels[static_cast<std::size_t>(s)]},
                                  torch::kFloat64));
  return stages;
}

/// Step by step, as the paper has it.
torch::Tensor plain(const PictureDecoder& decoder, const ParameterValues& values,
                    const std::vector<torch::Tensor>& stages) {
  std::vector<torch::Tensor> all;
  for (std::size_t s = 0; s < stages.size(); ++s)
    all.push_back(resized(runLinear(decoder.project[s], values, stages[s]), 8, 12));
  const auto fused = runLinear(decoder.fuse, values, torch::cat(all, 3));
  const auto features = torch::relu(runNorm(decoder.norm, values, fused));
  return resized(runLinear(decoder.head, values, features), 32, 48).permute({0, 3, 1, 2});
}

}  // namespace

class PictureDecoderTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void itIsWhatThePaperComputes() {
    ParameterLayout layout;
    const auto decoder = addPictureDecoder(layout, kChannels, 4, 7);
    auto values = randomValues(layout);
    for (auto& value : values) value.requires_grad_();
    const auto stages = randomStages();
    const auto f = runPictureDecoder(decoder, values, stages);
    const auto expected = plain(decoder, values, stages);
    QCOMPARE(f.sizes(), at::IntArrayRef({2, 7, 32, 48}));
    QVERIFY(torch::allclose(f, expected, 1e-10, 1e-10));
    const auto c = torch::randn_like(f);
    const auto back = torch::autograd::grad({f}, values, {c});
    const auto wanted = torch::autograd::grad({expected}, values, {c});
    for (std::size_t b = 0; b < values.size(); ++b)
      QVERIFY2(torch::allclose(back[b], wanted[b], 1e-10, 1e-10), layout[b].name.c_str());
  }

  void theLayoutNamesItsParts() {
    ParameterLayout layout;
    addPictureDecoder(layout, kChannels, 4, 7);
    QCOMPARE(layout[0].name, std::string("decoder.project.0.linear.weight"));
    QCOMPARE(layout.blocks().back().name, std::string("head.linear.bias"));
    QCOMPARE(layout.total(), std::int64_t{4 * (2 + 3 + 5 + 3) + 4 * 13 + 2 * 4 + 7 * 5});
  }
};

APPLESS_TEST(PictureDecoderTest)
#include "picture_decoder_test.moc"
