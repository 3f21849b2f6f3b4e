#include "core/models/unet/engines/blocked_fusion.h"

#include <algorithm>

#include "core/models/blocked/blocked_parallel.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr std::int64_t kNear = 2048;  ///< floats that stay near while all features go by

/// Calls work(at) for pieces of every block, where at(t, plus) is where a piece of t starts, of the
/// block `plus` blocks further on, with the piece's length.
template <typename Work>
void forEachPiece(const Tensor& like, Work work) {
  const std::int64_t plane = like.stride(2);
  forEachBlock(like, planesATask(like), [&](std::int64_t n, std::int64_t block, Planes planes) {
    for (std::int64_t first = planes.first * plane; first < planes.last * plane; first += kNear)
      work([=](const Tensor& t, std::int64_t plus) { return blockOf(t, n, block + plus) + first; },
           std::min(kNear, planes.last * plane - first));
  });
}

void addScaled(const float* __restrict from, float scale, float* __restrict to, std::int64_t size) {
  for (std::int64_t v = 0; v < size; ++v) to[v] += scale * from[v];
}

void addSquares(const float* __restrict from, const float* __restrict mean, float scale,
                float* __restrict to, std::int64_t size) {
  for (std::int64_t v = 0; v < size; ++v)
    to[v] += scale * (from[v] - mean[v]) * (from[v] - mean[v]);
}

/// d/df of scale·Σ(f − mean)² is 2·scale·(f − mean): the mean's own part adds up to nothing.
void addSquaresGradient(const float* __restrict from, const float* __restrict mean,
                        const float* __restrict gradient, float scale, float* __restrict to,
                        std::int64_t size) {
  for (std::int64_t v = 0; v < size; ++v) to[v] += scale * (from[v] - mean[v]) * gradient[v];
}

}  // namespace

void fuseBlocked(const std::vector<Tensor>& features, FeatureFusion fusion, Tensor fused) {
  const auto count = static_cast<float>(features.size());
  const std::int64_t blocks = features.front().size(1);
  forEachPiece(features.front(), [&](auto at, std::int64_t size) {
    float* mean = at(fused, 0);
    std::fill_n(mean, size, 0.0F);
    for (const Tensor& f : features) addScaled(at(f, 0), 1 / count, mean, size);
    if (fusion != FeatureFusion::MeanAndVariance) return;
    float* variance = at(fused, blocks);
    std::fill_n(variance, size, 0.0F);
    if (features.size() == 1) return;
    for (const Tensor& f : features) addSquares(at(f, 0), mean, 1 / (count - 1), variance, size);
  });
}

void pullBlockedFusion(const std::vector<Tensor>& features, FeatureFusion fusion,
                       const Tensor& fused, const Tensor& gradient,
                       const std::vector<Tensor>& gradients) {
  const auto count = static_cast<float>(features.size());
  const std::int64_t blocks = features.front().size(1);
  const bool varies = fusion == FeatureFusion::MeanAndVariance && features.size() > 1;
  forEachPiece(features.front(), [&](auto at, std::int64_t size) {
    for (std::size_t i = 0; i < features.size(); ++i) {
      addScaled(at(gradient, 0), 1 / count, at(gradients[i], 0), size);
      if (varies)
        addSquaresGradient(at(features[i], 0), at(fused, 0), at(gradient, blocks), 2 / (count - 1),
                           at(gradients[i], 0), size);
    }
  });
}

}  // namespace modascope
