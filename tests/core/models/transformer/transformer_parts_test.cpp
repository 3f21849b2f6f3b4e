#include "core/models/transformer/transformer_parts.h"

#include <QTest>
#include <cmath>

#include <torch/types.h>

#include "core/base/error.h"
#include "core/models/model_sizes.h"
#include "tests/test_program.h"

using namespace modascope;

namespace {

ParameterValues randomValues(const ParameterLayout& layout) {
  ParameterValues values;
  for (const ParameterBlock& block : layout.blocks())
    values.push_back(torch::randn(block.shape, torch::kFloat64));
  return values;
}

double at2(const torch::Tensor& x, std::int64_t row, std::int64_t column) {
  return x[row][column].item<double>();
}

/// x [L, E] → [L, out], a number at a time.
torch::Tensor plainLinear(const Linear& linear, const ParameterValues& values,
                          const torch::Tensor& x) {
  const torch::Tensor &weight = values[linear.weight], &bias = values[linear.bias];
  auto y = torch::zeros({x.size(0), weight.size(0)}, torch::kFloat64);
  for (std::int64_t l = 0; l < x.size(0); ++l)
    for (std::int64_t o = 0; o < weight.size(0); ++o) {
      double sum = bias[o].item<double>();
      for (std::int64_t i = 0; i < x.size(1); ++i) sum += at2(weight, o, i) * at2(x, l, i);
      y[l][o] = sum;
    }
  return y;
}

/// One head: the columns [first, first + width) of q, k and v.
void plainHead(const torch::Tensor& q, const torch::Tensor& k, const torch::Tensor& v,
               std::int64_t first, torch::Tensor seen) {
  const std::int64_t width = seen.size(1);
  for (std::int64_t l = 0; l < q.size(0); ++l) {
    double total = 0;
    for (std::int64_t s = 0; s < k.size(0); ++s) {
      double product = 0;
      for (std::int64_t i = first; i < first + width; ++i) product += at2(q, l, i) * at2(k, s, i);
      const double weight = std::exp(product / std::sqrt(static_cast<double>(width)));
      total += weight;
      seen[l] += weight * v[s].narrow(0, first, width);
    }
    seen[l] /= total;
  }
}

}  // namespace

class TransformerPartsTest : public QObject {
  Q_OBJECT

 private Q_SLOTS:
  void init() { torch::manual_seed(3); }

  void attentionIsTheWeightedMeanOfWhatItLooksAt() {
    ParameterLayout layout;
    const Attention part = addAttention(layout, "a", 4);
    const auto values = randomValues(layout);
    const auto query = torch::randn({2, 3, 4}, torch::kFloat64);
    const auto context = torch::randn({2, 5, 4}, torch::kFloat64);
    const auto result = runAttention(part, values, query, context, 2);
    for (std::int64_t n = 0; n < 2; ++n) {
      const auto q = plainLinear(part.query, values, query[n]);
      const auto k = plainLinear(part.key, values, context[n]);
      const auto v = plainLinear(part.value, values, context[n]);
      auto seen = torch::zeros({3, 4}, torch::kFloat64);
      for (const std::int64_t first : {0, 2}) plainHead(q, k, v, first, seen.narrow(1, first, 2));
      QVERIFY(torch::allclose(result[n], plainLinear(part.out, values, seen), 1e-10, 1e-10));
    }
  }

  void theOrderOfTheContextDoesNotMatter() {
    ParameterLayout layout;
    const Attention part = addAttention(layout, "a", 4);
    const auto values = randomValues(layout);
    const auto query = torch::randn({1, 3, 4}, torch::kFloat64);
    const auto context = torch::randn({1, 5, 4}, torch::kFloat64);
    QVERIFY(torch::allclose(runAttention(part, values, query, context, 2),
                            runAttention(part, values, query, context.flip(1), 2)));
  }

  void linearAttentionIsAMeanWithWeightsOfRankOneAChannel() {
    const auto q = torch::randn({1, 3, 4}, torch::kFloat64);
    const auto k = torch::randn({1, 5, 4}, torch::kFloat64);
    const auto v = torch::randn({1, 5, 4}, torch::kFloat64);
    auto expected = torch::zeros({3, 4}, torch::kFloat64);
    for (const std::int64_t head : {0, 2})  // its first channel
      for (std::int64_t l = 0; l < 3; ++l)
        for (std::int64_t c = head; c < head + 2; ++c) {
          const auto asked = torch::exp(q[0][l][c]) / torch::exp(q[0][l].narrow(0, head, 2)).sum();
          const auto offered = torch::exp(k[0].select(1, c));
          for (std::int64_t s = 0; s < 5; ++s)
            expected[l].narrow(0, head, 2) +=
                asked * offered[s] / offered.sum() * v[0][s].narrow(0, head, 2);
        }
    QVERIFY(torch::allclose(linearAttention(q, k, v, 2)[0], expected));
  }

  void aBlockAddsAttentionAndThenFeedForward() {
    ParameterLayout layout;
    const TransformerBlock block = addTransformerBlock(layout, "b", 4);
    const auto values = randomValues(layout);
    const auto x = torch::randn({1, 3, 4}, torch::kFloat64);
    const auto context = torch::randn({1, 2, 4}, torch::kFloat64);
    const auto normed = [&](const Norm& norm, const torch::Tensor& t) {
      const auto centred = t - t.mean(-1, true);
      return centred / (centred.square().mean(-1, true) + 1e-5).sqrt() * values[norm.weight] +
             values[norm.bias];
    };
    const auto h = x + runAttention(block.attention, values, normed(block.before, x),
                                    normed(block.before, context), 2);
    const auto z = plainLinear(block.feed.in, values, normed(block.between, h)[0]);
    const auto gelu = 0.5 * z * (1 + torch::erf(z / std::sqrt(2.0)));
    const auto expected = h[0] + plainLinear(block.feed.out, values, gelu);
    QVERIFY(torch::allclose(runTransformerBlock(block, values, x, context, 2)[0], expected));
    QVERIFY(torch::equal(runTransformerBlock(block, values, x, 2),
                         runTransformerBlock(block, values, x, x.clone(), 2)));
  }

  void positionsAreSinesAndCosinesOfFallingRates() {
    const auto p = sinusoidalPositions(3, 4, torch::kFloat64);
    const double rows[3][4] = {{0, 1, 0, 1},
                               {std::sin(1), std::cos(1), std::sin(0.01), std::cos(0.01)},
                               {std::sin(2), std::cos(2), std::sin(0.02), std::cos(0.02)}};
    for (std::int64_t t = 0; t < 3; ++t)
      for (std::int64_t i = 0; i < 4; ++i) QVERIFY(std::abs(at2(p, t, i) - rows[t][i]) < 1e-12);
  }

  void partsHaveTheirNamesAndOwner() {
    ParameterLayout layout;
    const PartOwner owner{ModalityId(1), std::nullopt};
    addTransformerBlock(layout, "b", 4, owner);
    addToken(layout, "first", {1, 4}, owner);
    QStringList names;
    for (const ParameterBlock& block : layout.blocks()) {
      QCOMPARE(block.owner->index(), std::size_t(1));
      names << QString::fromStdString(block.name);
    }
    QCOMPARE(names.size(), 17);
    QVERIFY(names.contains("b.attention.query.linear.weight"));
    QVERIFY(names.contains("b.between.norm.bias"));
    QVERIFY(names.contains("b.feed.in.linear.bias"));
    QCOMPARE(names.last(), QString("first.token"));
    // Two norms of 8, four linear layers of 20, 16·4 + 16 and 4·16 + 4.
    QCOMPARE(parametersUnder(layout, "b."), 16 + 80 + 80 + 68);
  }

  void sizesThatDoNotFitAreRefused() {
    requireSound({12, 1, 3});
    QVERIFY_EXCEPTION_THROWN(requireSound({10, 1, 4}), Error);
    QVERIFY_EXCEPTION_THROWN(requireSound({5, 1, 5}), Error);
    QVERIFY_EXCEPTION_THROWN(requireSound({8, 0, 2}), Error);
    QVERIFY_EXCEPTION_THROWN(requireSound({8, 1, 0}), Error);
  }
};

APPLESS_TEST(TransformerPartsTest)
#include "transformer_parts_test.moc"
