#include "core/models/cmnext/cmnext_parts.h"

#include <QTest>
#include <cmath>

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

/// The mean of what is there within ±reach of every place, a place at a time.
torch::Tensor plainMean(const torch::Tensor& x, std::int64_t reach) {
  auto means = torch::zeros_like(x);
  for (std::int64_t r = 0; r < x.size(1); ++r)
    for (std::int64_t c = 0; c < x.size(2); ++c) {
      const auto top = std::max<std::int64_t>(0, r - reach),
                 left = std::max<std::int64_t>(0, c - reach);
      const auto end = std::min(x.size(1), r + reach + 1),
                 right = std::min(x.size(2), c + reach + 1);
      means[0][r][c] =
          x[0].narrow(0, top, end - top).narrow(1, left, right - left).mean(at::IntArrayRef{0, 1});
    }
  return means;
}

}  // namespace

class CmnextPartsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void theHubTakesTheLargestOfAllModalities() {
    ParameterLayout layout;
    std::vector<HubEntry> entries;
    for (const char* name : {"a", "b", "c"}) entries.push_back(addHubEntry(layout, name, 2, 4, 4));
    const auto values = randomValues(layout);
    std::vector<torch::Tensor> alone;
    for (const HubEntry& entry : entries)
      alone.push_back(runHubEntry(entry, values, randomPicture(8, 8, 2)));
    const auto together = largestOf(alone);
    QVERIFY(torch::equal(together, std::get<0>(torch::stack(alone).max(0))));
    QVERIFY(!torch::equal(together, alone[0]));
  }

  void aScoreRaisesItsPatchesByUpToTheirSize() {
    ParameterLayout layout;
    const auto entry = addHubEntry(layout, "a", 1, 4, 4);
    auto values = randomValues(layout);
    const auto x = randomPicture(8, 8, 1);
    const auto patches = runPatchEmbedding(entry.patches, values, x);
    values[entry.score.weight].zero_();
    values[entry.score.bias].fill_(std::log(3.0));  // σ = 3/4
    QVERIFY(torch::allclose(runHubEntry(entry, values, x), 1.75 * patches));
  }

  void theMixersGateFollowsFromMeansOfThreeSizes() {
    ParameterLayout layout;
    const auto block = addMixerBlock(layout, "m", 2);
    auto values = randomValues(layout);
    for (const std::size_t off : {block.feed.out.weight, block.feed.out.bias}) values[off].zero_();
    const auto x = randomPicture(9, 13, 2);
    const auto normed = runNorm(block.before, values, x);
    const auto context = runPictureConv(block.local, values, normed) + plainMean(normed, 1) +
                         plainMean(normed, 3) + plainMean(normed, 5);
    const auto expected = x + normed * torch::sigmoid(runLinear(block.gate, values, context));
    QVERIFY(torch::allclose(runMixerBlock(block, values, x), expected));
  }

  void rectificationGivesEachBranchOfTheOther() {
    ParameterLayout layout;
    const auto part = addRectification(layout, "r", 2);
    auto values = randomValues(layout);
    for (const Linear& out : {part.channelOut, part.placeOut}) values[out.weight].zero_();
    // σ of the channels: 1/2 and 1/2 of the first branch, 3/4 and 1/4 of the others; of places 1/2
    // and 1/4.
    const double third = std::log(3.0);
    values[part.channelOut.bias] = torch::tensor({0.0, 0.0, third, -third}, torch::kFloat64);
    values[part.placeOut.bias] = torch::tensor({0.0, -third}, torch::kFloat64);
    const Branches x{randomPicture(3, 4, 2), randomPicture(3, 4, 2)};
    const Branches y = runRectification(part, values, x);
    const auto half = torch::tensor({0.5, 0.5}, torch::kFloat64);
    const auto let = torch::tensor({0.75, 0.25}, torch::kFloat64);
    QVERIFY(torch::allclose(y.first, x.first + 0.5 * (let + 0.25) * x.others));
    QVERIFY(torch::allclose(y.others, x.others + 0.5 * (half + 0.5) * x.first));
  }

  void inTheFusionEveryPlaceSeesBothBranches() {
    ParameterLayout layout;
    const auto part = addPictureFusion(layout, "f", 4);
    const auto values = randomValues(layout);
    const Branches x{randomPicture(4, 6, 4), randomPicture(4, 6, 4)};
    const auto before = runPictureFusion(part, values, x, 2);
    QCOMPARE(before.sizes(), x.first.sizes());
    for (const bool others : {false, true}) {
      Branches moved{x.first.clone(), x.others.clone()};
      (others ? moved.others : moved.first)[0][0][0] += torch::randn({4}, torch::kFloat64);
      const auto change = (runPictureFusion(part, values, moved, 2) - before).abs().sum(3);
      QVERIFY(change.min().item<double>() > 0);
    }
  }
};

APPLESS_TEST(CmnextPartsTest)
#include "cmnext_parts_test.moc"
