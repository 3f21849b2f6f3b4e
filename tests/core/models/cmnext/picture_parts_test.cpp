#include "core/models/cmnext/picture_parts.h"

#include <QTest>

#include <torch/types.h>

#include "tests/test_program.h"

using namespace modascope;

namespace {

ParameterValues randomValues(const ParameterLayout& layout) {
  ParameterValues values;
  for (const ParameterBlock& block : layout.blocks())
    values.push_back(0.5 * torch::randn(block.shape, torch::kFloat64));
  return values;
}

torch::Tensor randomPicture(std::int64_t height, std::int64_t width, std::int64_t channels) {
  return torch::randn({1, height, width, channels}, torch::kFloat64);
}

}  // namespace

class PicturePartsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void aConvolutionSumsTheNeighbourhood() {
    ParameterLayout layout;
    const auto conv = addPictureConv(layout, "a", 2, 1, {3, 1, 1, false});
    const auto values = randomValues(layout);
    const auto x = randomPicture(4, 5, 2);
    // At row 3, column 0, a corner: two rows and two columns are there.
    const auto weight = values[conv.weight][0].narrow(1, 0, 2).narrow(2, 1, 2);
    const auto around = x[0].narrow(0, 2, 2).narrow(1, 0, 2).permute({2, 0, 1});
    const auto expected = (weight * around).sum() + values[conv.bias][0];
    QVERIFY(torch::allclose(runPictureConv(conv, values, x)[0][3][0][0], expected));
  }

  void aDepthwiseConvolutionKeepsChannelsApart() {
    ParameterLayout layout;
    const auto conv = addPictureConv(layout, "a", 3, 3, {3, 1, 1, true});
    const auto values = randomValues(layout);
    auto x = randomPicture(4, 4, 3);
    const auto before = runPictureConv(conv, values, x);
    x.select(3, 1).add_(1);
    const auto moved = (runPictureConv(conv, values, x) - before).abs().amax({0, 1, 2});
    QVERIFY(moved[1].item<double>() > 0.01);
    QCOMPARE(moved[0].item<double>() + moved[2].item<double>(), 0.0);
  }

  void patchesOverlapAndDivideTheSize() {
    ParameterLayout layout;
    const auto four = addPatchEmbedding(layout, "four", 3, 6, 4);
    const auto two = addPatchEmbedding(layout, "two", 6, 8, 2);
    const auto values = randomValues(layout);
    auto x = randomPicture(16, 32, 3);
    const auto patches = runPatchEmbedding(four, values, x);
    QCOMPARE(patches.sizes(), at::IntArrayRef({1, 4, 8, 6}));
    QCOMPARE(runPatchEmbedding(two, values, patches).sizes(), at::IntArrayRef({1, 2, 4, 8}));
    x[0][3][3].add_(1);  // a patch reaches 3 pixels beyond its first: four of them see this one
    const auto seen = (runPatchEmbedding(four, values, x) - patches).abs().sum(3).gt(0);
    QCOMPARE(seen.sum().item<std::int64_t>(), 4);
  }

  void reducedPlacesAreLookedAtByAll() {
    ParameterLayout layout;
    const auto block = addPictureBlock(layout, "b", 4, 2);
    const auto values = randomValues(layout);
    auto x = randomPicture(4, 8, 4);
    const auto before = runPictureBlock(block, values, x, 2);
    QCOMPARE(before.sizes(), x.sizes());
    x[0][0][0][1] += 1;
    const auto moved = (runPictureBlock(block, values, x, 2) - before).abs().sum(3);
    QVERIFY(moved.min().item<double>() > 0);
  }

  void withoutReductionTheAttentionIsThatOfASequence() {
    ParameterLayout layout;
    const auto block = addPictureBlock(layout, "b", 4, 1);
    const auto values = randomValues(layout);
    const auto x = randomPicture(2, 3, 4);
    const auto normed = runNorm(block.before, values, x).view({1, 6, 4});
    const auto h = x + runAttention(block.attention, values, normed, normed, 2).view({1, 2, 3, 4});
    const auto z = runLinear(block.feed.in, values, runNorm(block.between, values, h));
    const auto mixed = torch::conv2d(z.permute({0, 3, 1, 2}), values[block.feed.mix.weight],
                                     values[block.feed.mix.bias], 1, 1, 1, 16);
    const auto expected =
        h + runLinear(block.feed.out, values, torch::gelu(mixed.permute({0, 2, 3, 1})));
    QVERIFY(torch::allclose(runPictureBlock(block, values, x, 2), expected));
  }

  void resizingIsBilinear() {
    const auto x = torch::tensor({0.0, 4.0}, torch::kFloat64).view({1, 1, 2, 1});
    // New pixels' centres lie at −1/4, 1/4, 3/4 and 5/4 of the old ones'.
    const auto expected = torch::tensor({0.0, 1.0, 3.0, 4.0}, torch::kFloat64).view({1, 1, 4, 1});
    QVERIFY(torch::allclose(resized(x, 1, 4), expected));
  }
};

APPLESS_TEST(PicturePartsTest)
#include "picture_parts_test.moc"
