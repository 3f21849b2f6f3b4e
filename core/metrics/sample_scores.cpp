#include "core/metrics/sample_scores.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace modascope {
namespace {

constexpr double kUndefined = std::numeric_limits<double>::quiet_NaN();

/// True and false positives and negatives of one class.
struct Hits {
  double both = 0;
  double predicted = 0;
  double truth = 0;
  double f1() const { return predicted + truth > 0 ? 2 * both / (predicted + truth) : 0; }
};

std::vector<Hits> hitsOf(std::span<const std::int64_t> predicted,
                         std::span<const std::int64_t> truth, std::size_t classes) {
  std::vector<Hits> hits(classes);
  for (std::size_t i = 0; i < truth.size(); ++i) {
    ++hits[static_cast<std::size_t>(predicted[i])].predicted;
    ++hits[static_cast<std::size_t>(truth[i])].truth;
    if (predicted[i] == truth[i]) ++hits[static_cast<std::size_t>(truth[i])].both;
  }
  return hits;
}

double accuracyOf(std::span<const std::int64_t> predicted, std::span<const std::int64_t> truth) {
  double right = 0;
  for (std::size_t i = 0; i < truth.size(); ++i) right += predicted[i] == truth[i] ? 1 : 0;
  return truth.empty() ? kUndefined : right / static_cast<double>(truth.size());
}

/// What float32 cannot tell from a constant: the spread is that of rounding.
bool isConstant(double squares, std::span<const float> values) {
  double largest = 0;
  for (const float value : values) largest = std::max(largest, std::fabs(double{value}));
  const double rounding = 1e-6 * largest;
  return squares <= rounding * rounding * static_cast<double>(values.size());
}

double correlation(std::span<const float> a, std::span<const float> b) {
  const auto n = static_cast<double>(a.size());
  double meanA = 0, meanB = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    meanA += a[i] / n;
    meanB += b[i] / n;
  }
  double ab = 0, aa = 0, bb = 0;
  for (std::size_t i = 0; i < a.size(); ++i) {
    ab += (a[i] - meanA) * (b[i] - meanB);
    aa += (a[i] - meanA) * (a[i] - meanA);
    bb += (b[i] - meanB) * (b[i] - meanB);
  }
  if (a.size() < 2 || isConstant(aa, a) || isConstant(bb, b)) return kUndefined;
  return ab / std::sqrt(aa * bb);
}

/// Accuracy and F1, weighted by the classes' sizes, of above against not above.
void addTwoClasses(std::vector<double>& scores, const std::vector<std::int64_t>& predicted,
                   const std::vector<std::int64_t>& truth) {
  double weighted = 0;
  for (const Hits& hits : hitsOf(predicted, truth, 2)) weighted += hits.f1() * hits.truth;
  scores.push_back(accuracyOf(predicted, truth));
  scores.push_back(truth.empty() ? kUndefined : weighted / static_cast<double>(truth.size()));
}

void addSentiment(std::vector<double>& scores, std::span<const float> predicted,
                  std::span<const float> truth) {
  std::vector<std::int64_t> p, t, pNonzero, tNonzero, p7, t7;
  const auto seventh = [](float value) {
    return static_cast<std::int64_t>(std::nearbyint(std::clamp(value, -3.0F, 3.0F)));
  };
  for (std::size_t i = 0; i < truth.size(); ++i) {
    p.push_back(predicted[i] >= 0 ? 1 : 0);
    t.push_back(truth[i] >= 0 ? 1 : 0);
    p7.push_back(seventh(predicted[i]));
    t7.push_back(seventh(truth[i]));
    if (truth[i] == 0) continue;
    pNonzero.push_back(predicted[i] > 0 ? 1 : 0);
    tNonzero.push_back(truth[i] > 0 ? 1 : 0);
  }
  addTwoClasses(scores, p, t);
  addTwoClasses(scores, pNonzero, tNonzero);
  scores.push_back(accuracyOf(p7, t7));
}

}  // namespace

std::vector<std::string> classificationColumns() {
  return {"accuracy", "f1"};
}

std::vector<double> classificationScores(std::span<const std::int64_t> predicted,
                                         std::span<const std::int64_t> truth, std::size_t classes) {
  double sum = 0, counted = 0;
  for (const Hits& hits : hitsOf(predicted, truth, classes)) {
    if (hits.predicted + hits.truth == 0) continue;
    sum += hits.f1();
    ++counted;
  }
  return {accuracyOf(predicted, truth), counted > 0 ? sum / counted : kUndefined};
}

std::vector<std::string> regressionColumns(bool sentiment) {
  if (!sentiment) return {"corr", "mae"};
  return {"corr", "mae", "acc2", "f1_acc2", "acc2_nonzero", "f1_nonzero", "acc7"};
}

std::vector<double> regressionScores(std::span<const float> predicted, std::span<const float> truth,
                                     bool sentiment) {
  double error = 0;
  for (std::size_t i = 0; i < truth.size(); ++i)
    error += std::fabs(static_cast<double>(predicted[i]) - truth[i]);
  error = truth.empty() ? kUndefined : error / static_cast<double>(truth.size());
  std::vector<double> scores{correlation(predicted, truth), error};
  if (sentiment) addSentiment(scores, predicted, truth);
  return scores;
}

void PixelCounts::add(std::span<const std::uint8_t> predicted,
                      std::span<const std::uint8_t> truth) {
  for (std::size_t i = 0; i < truth.size(); ++i)
    if (truth[i] != kUnknown) ++counts_[truth[i] * classes_ + predicted[i]];
}

std::vector<std::string> PixelCounts::columns(const std::vector<std::string>& classNames) {
  std::vector<std::string> all{"miou", "pixel_accuracy"};
  for (const std::string& name : classNames) all.push_back("iou_" + name);
  return all;
}

std::vector<double> PixelCounts::scores() const {
  std::vector<double> ious;
  double sum = 0, counted = 0, right = 0, all = 0;
  for (std::size_t k = 0; k < classes_; ++k) {
    std::int64_t either = -at(k, k);
    for (std::size_t j = 0; j < classes_; ++j) either += at(k, j) + at(j, k);
    for (std::size_t j = 0; j < classes_; ++j) all += static_cast<double>(at(k, j));
    right += static_cast<double>(at(k, k));
    if (either == 0) {
      ious.push_back(kUndefined);
      continue;
    }
    ious.push_back(static_cast<double>(at(k, k)) / static_cast<double>(either));
    sum += ious.back();
    ++counted;
  }
  std::vector<double> scores{counted > 0 ? sum / counted : kUndefined,
                             all > 0 ? right / all : kUndefined};
  scores.insert(scores.end(), ious.begin(), ious.end());
  return scores;
}

}  // namespace modascope
