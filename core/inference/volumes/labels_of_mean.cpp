#include "core/inference/volumes/labels_of_mean.h"

#include <algorithm>
#include <array>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/models/simd.h"
#include "core/problem/regions/region_labels.h"

namespace modascope {
namespace {

constexpr std::int64_t kAtOnce = 1024;  // voxels whose sums stay in the nearest cache
constexpr std::int64_t kVoxelsATask = 1 << 16;

/// Of each region, over the modalities.
using Sums = std::array<std::array<float, kAtOnce>, RegionSchema::kMost>;
using Patterns = std::array<std::uint8_t, kAtOnce>;

MODASCOPE_VECTORISED void add(const float* from, std::int64_t count, float* sum) {
  for (std::int64_t i = 0; i < count; ++i) sum[i] += from[i];
}

MODASCOPE_VECTORISED void mark(const float* sum, std::uint8_t bit, std::int64_t count,
                               std::uint8_t* patterns) {
  for (std::int64_t i = 0; i < count; ++i) patterns[i] |= sum[i] > 0 ? bit : std::uint8_t{0};
}

std::size_t largestAt(std::int64_t voxel, const Sums& sums, std::size_t regions) {
  std::size_t largest = 0;
  for (std::size_t k = 1; k < regions; ++k)
    if (sums[k][static_cast<std::size_t>(voxel)] > sums[largest][static_cast<std::size_t>(voxel)])
      largest = k;
  return largest;
}

}  // namespace

LabelVolume labelsOf(const torch::Tensor& logits, const RegionSchema& regions,
                     const VoxelGrid& grid) {
  return labelsOfMean(logits.unsqueeze(0), {0}, regions, grid);
}

LabelVolume labelsOfMean(const torch::Tensor& logits, const std::vector<std::size_t>& modalities,
                         const RegionSchema& regions, const VoxelGrid& grid) {
  const torch::Tensor host = logits.contiguous();
  const std::int64_t voxels = grid.voxelCount();
  const float* all = host.data_ptr<float>();
  const std::size_t count = regions.size();
  const RegionLabels written(regions);
  LabelVolume labels{grid, std::vector<std::uint8_t>(static_cast<std::size_t>(voxels))};
  at::parallel_for(0, voxels, kVoxelsATask, [&](std::int64_t first, std::int64_t last) {
    Sums sums;
    Patterns patterns;
    for (std::int64_t v = first; v < last; v += kAtOnce) {
      const std::int64_t now = std::min(kAtOnce, last - v);
      patterns.fill(0);
      for (std::size_t k = 0; k < count; ++k) {
        sums[k].fill(0);
        for (const std::size_t m : modalities)
          add(all + static_cast<std::int64_t>(m * count + k) * voxels + v, now, sums[k].data());
        mark(sums[k].data(), static_cast<std::uint8_t>(1u << k), now, patterns.data());
      }
      for (std::int64_t i = 0; i < now; ++i) {
        const auto label = written.of(patterns[static_cast<std::size_t>(i)]);
        labels.voxels[static_cast<std::size_t>(v + i)] =
            label ? *label : written.ofRegion(largestAt(i, sums, count));
      }
    }
  });
  return labels;
}

}  // namespace modascope
