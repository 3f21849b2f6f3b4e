#include "core/train/fused_losses.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/models/simd.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr std::int64_t kLanes = 16;
constexpr std::int64_t kChunk = 64 * kLanes;  // voxels that stay in the nearest cache

/// e^x for x ≤ 0, relative error below 2e-7 (0 below −87): 2^n · e^r with |r| ≤ ln 2 / 2, Taylor.
inline float expOfNegative(float x) {
  constexpr float kRound = 12582912.0F;  // 1.5 · 2^23: adding it rounds to a whole number
  const float shifted = std::max(x, -87.0F) * 1.44269504F + kRound;
  const float n = shifted - kRound;
  const float r = (std::max(x, -87.0F) - n * 0.693359375F) + n * 2.12194440e-4F;
  const float series =
      1 + r * (1 + r * (1 / 2.F + r * (1 / 6.F + r * (1 / 24.F + r * (1 / 120.F + r / 720.F)))));
  const std::int32_t power = std::bit_cast<std::int32_t>(shifted) << 23;
  return std::bit_cast<float>(std::bit_cast<std::int32_t>(series) + power);
}

/// What one class of one sample adds to a subset's loss.
struct Sums {
  double predicted = 0;  ///< Σ p
  double common = 0;     ///< Σ p t
  double entropy = 0;    ///< Σ −t ln p − (1 − t) ln(1 − p)
};

/// p = sigmoid(f) and s = 1 + e^−|f|. Adding 0·f keeps what is no number visible.
MODASCOPE_VECTORISED void sigmoids(const float* f, std::int64_t n, float* p, float* s) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) {
    const float e = expOfNegative(-std::fabs(f[i]));
    s[i] = 1 + e;
    p[i] = (f[i] >= 0 ? 1 : e) / s[i] + 0 * f[i];
  }
}

MODASCOPE_VECTORISED void overlap(const float* p, const float* t, std::int64_t n, float* predicted,
                                  float* common) {
  float a = 0, b = 0;
#pragma omp simd reduction(+ : a, b)
  for (std::int64_t i = 0; i < n; ++i) {
    a += p[i];
    b += p[i] * t[i];
  }
  *predicted = a;
  *common = b;
}

/// Σ max(f, 0) − f t, which with Σ ln(1 + e^−|f|) is the cross-entropy.
MODASCOPE_VECTORISED float linearEntropy(const float* f, const float* t, std::int64_t n) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < n; ++i) sum += (f[i] > 0 ? f[i] : 0) - f[i] * t[i];
  return sum;
}

/// Σ ln s for 1 ≤ s ≤ 2: the logarithm of products, of 64 factors at most.
MODASCOPE_VECTORISED double sumOfLogarithms(const float* s, std::int64_t n) {
  std::array<float, kLanes> products;
  products.fill(1);
  const std::int64_t whole = n / kLanes * kLanes;
  for (std::int64_t i = 0; i < whole; i += kLanes)
#pragma omp simd
    for (std::int64_t k = 0; k < kLanes; ++k) products[k] *= s[i + k];
  double sum = 0;
  for (const float product : products) sum += std::log(static_cast<double>(product));
  for (std::int64_t i = whole; i < n; ++i) sum += std::log(static_cast<double>(s[i]));
  return sum;
}

/// p becomes p (1 − p) (plain + marked·t) + (p − t)·entropy.
MODASCOPE_VECTORISED void toCotangent(float* p, const float* t, std::int64_t n, float plain,
                                      float marked, float entropy) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i)
    p[i] = p[i] * (1 - p[i]) * (plain + marked * t[i]) + (p[i] - t[i]) * entropy;
}

MODASCOPE_VECTORISED void addScaled(const float* in, std::int64_t n, float factor, float* out) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) out[i] += factor * in[i];
}

/// Everything about the batch that the two walks need.
class FusedLosses {
 public:
  FusedLosses(const std::vector<SubsetTask>& tasks, const Tensor& logits, const Tensor& target,
              LossKind kind)
      : tasks_(tasks),
        logits_(logits.contiguous()),
        target_(target.contiguous()),
        kind_(kind),
        samples_(logits.size(0)),
        classes_(logits.size(2)),
        voxels_(target[0][0].numel()),
        chunks_((voxels_ + kChunk - 1) / kChunk),
        sums_(tasks.size() * static_cast<std::size_t>(walks())),
        marked_(static_cast<std::size_t>(walks())) {
    auto shape = target.sizes().vec();
    shape.insert(shape.begin(), static_cast<std::int64_t>(tasks.size()));
    cotangents_ = torch::empty(shape, logits_.options());
  }

  SubsetLosses run() {
    walk([this](std::int64_t at) { addUp(at); });
    SubsetLosses all{tasks_, {}, cotangents_.unbind(0)};
    for (std::size_t s = 0; s < tasks_.size(); ++s) all.losses.push_back(lossOf(s));
    walk([this](std::int64_t at) { pull(at); });
    return all;
  }

 private:
  /// A chunk of voxels of one class of one sample.
  struct Place {
    std::int64_t sample, k, first, size;
  };
  /// Of a subset and class: how the loss changes with p.
  struct Slopes {
    float plain = 0;
    float marked = 0;
  };

  std::int64_t walks() const { return samples_ * classes_ * chunks_; }
  Place placeOf(std::int64_t at) const {
    const std::int64_t first = at % chunks_ * kChunk;
    return {at / chunks_ / classes_, at / chunks_ % classes_, first,
            std::min(kChunk, voxels_ - first)};
  }
  template <typename Work>
  void walk(Work work) const {
    at::parallel_for(0, walks(), 1, [&](std::int64_t first, std::int64_t last) {
      for (std::int64_t at = first; at < last; ++at) work(at);
    });
  }

  bool counts(std::size_t s, std::int64_t sample) const {
    const auto& samples = tasks_[s].samples;
    return std::find(samples.begin(), samples.end(), sample) != samples.end();
  }
  const float* targetAt(const Place& p) const {
    return target_.data_ptr<float>() + (p.sample * classes_ + p.k) * voxels_ + p.first;
  }
  float* cotangentAt(std::size_t s, const Place& p) const {
    const auto task = static_cast<std::int64_t>(s);
    return cotangents_.data_ptr<float>() +
           ((task * samples_ + p.sample) * classes_ + p.k) * voxels_ + p.first;
  }
  Sums& sumsAt(std::size_t s, std::int64_t at) {
    return sums_[s * static_cast<std::size_t>(walks()) + static_cast<std::size_t>(at)];
  }

  void fuse(ModalitySet set, const Place& p, float* f) const {
    std::fill(f, f + p.size, 0.0F);
    const std::int64_t modalities = logits_.size(1);
    for (const ModalityId id : set.ids()) {
      const std::int64_t branch =
          (p.sample * modalities + static_cast<std::int64_t>(id.index())) * classes_ + p.k;
      addScaled(logits_.data_ptr<float>() + branch * voxels_ + p.first, p.size,
                1.0F / static_cast<float>(set.size()), f);
    }
  }

  /// First walk: probabilities go where the cotangents will be.
  void addUp(std::int64_t at) {
    const Place place = placeOf(at);
    const float* t = targetAt(place);
    std::array<float, kChunk> f, s;
    float predicted = 0, common = 0;
    overlap(t, t, place.size, &predicted, &common);
    marked_[static_cast<std::size_t>(at)] = static_cast<double>(predicted);
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
      if (!counts(task, place.sample)) continue;
      float* p = cotangentAt(task, place);
      fuse(tasks_[task].set, place, f.data());
      sigmoids(f.data(), place.size, p, s.data());
      overlap(p, t, place.size, &predicted, &common);
      Sums& sums = sumsAt(task, at);
      sums.predicted = static_cast<double>(predicted);
      sums.common = static_cast<double>(common);
      if (kind_ == LossKind::DiceBce)
        sums.entropy = static_cast<double>(linearEntropy(f.data(), t, place.size)) +
                       sumOfLogarithms(s.data(), place.size);
    }
  }

  /// The loss of a subset, and on the way what the second walk needs.
  double lossOf(std::size_t task) {
    const auto classes = static_cast<double>(classes_);
    double loss = 0, entropy = 0;
    for (std::int64_t k = 0; k < classes_; ++k) {
      Sums sums;
      double marked = 0;
      for (std::int64_t at = 0; at < walks(); ++at) {
        const Place place = placeOf(at);
        if (place.k != k || !counts(task, place.sample)) continue;
        sums.predicted += sumsAt(task, at).predicted;
        sums.common += sumsAt(task, at).common;
        entropy += sumsAt(task, at).entropy;
        marked += marked_[static_cast<std::size_t>(at)];
      }
      const double top = 2 * sums.common + 1, bottom = sums.predicted + marked + 1;
      loss += (1 - top / bottom) / classes;
      // ∂/∂p of −top/bottom = (top − 2t·bottom) / bottom²
      slopes_.push_back({static_cast<float>(top / (bottom * bottom * classes)),
                         static_cast<float>(-2 / (bottom * classes))});
    }
    const double count =
        static_cast<double>(tasks_[task].samples.size()) * static_cast<double>(classes_ * voxels_);
    const bool withEntropy = kind_ == LossKind::DiceBce;
    entropySlopes_.push_back(withEntropy ? static_cast<float>(1 / count) : 0.0F);
    return withEntropy ? loss + entropy / count : loss;
  }

  void pull(std::int64_t at) const {
    const Place place = placeOf(at);
    for (std::size_t task = 0; task < tasks_.size(); ++task) {
      float* p = cotangentAt(task, place);
      if (!counts(task, place.sample)) {
        std::fill(p, p + place.size, 0.0F);
        continue;
      }
      const Slopes& slopes =
          slopes_[task * static_cast<std::size_t>(classes_) + static_cast<std::size_t>(place.k)];
      toCotangent(p, targetAt(place), place.size, slopes.plain, slopes.marked,
                  entropySlopes_[task]);
    }
  }

  const std::vector<SubsetTask>& tasks_;
  Tensor logits_;  ///< [N, M, K, …]
  Tensor target_;  ///< [N, K, …]
  LossKind kind_;
  std::int64_t samples_;
  std::int64_t classes_;
  std::int64_t voxels_;
  std::int64_t chunks_;
  std::vector<Sums> sums_;      ///< [S, walks]
  std::vector<double> marked_;  ///< Σ t, [walks]
  std::vector<Slopes> slopes_;  ///< [S, K]
  std::vector<float> entropySlopes_;
  Tensor cotangents_;  ///< [S, N, K, …]
};

}  // namespace

SubsetLosses fusedLosses(const std::vector<SubsetTask>& tasks, const Tensor& logits,
                         const Tensor& target, LossKind kind) {
  return FusedLosses(tasks, logits, target, kind).run();
}

}  // namespace modascope
