#include "core/inference/labels_of_mean.h"

#include <algorithm>
#include <array>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/models/simd.h"
#include "core/volume/labels.h"

namespace modascope {
namespace {

constexpr std::int64_t kAtOnce = 1024;  // voxels whose sums stay in the nearest cache
constexpr std::int64_t kVoxelsATask = 1 << 16;

using Sums = std::array<std::array<float, kAtOnce>, kRegions.size()>;

MODASCOPE_VECTORISED void add(const float* from, std::int64_t count, float* sum) {
  for (std::int64_t i = 0; i < count; ++i) sum[i] += from[i];
}

MODASCOPE_VECTORISED void label(const float* wt, const float* tc, const float* et,
                                std::int64_t count, std::uint8_t* out) {
  constexpr auto oedema = static_cast<std::uint8_t>(Tissue::Oedema);
  constexpr auto necrosis = static_cast<std::uint8_t>(Tissue::Necrosis);
  constexpr auto enhancing = static_cast<std::uint8_t>(Tissue::Enhancing);
  for (std::int64_t i = 0; i < count; ++i) {
    const std::uint8_t outside = wt[i] > 0 ? oedema : std::uint8_t{0};
    const std::uint8_t core = tc[i] > 0 ? necrosis : outside;
    out[i] = et[i] > 0 ? enhancing : core;
  }
}

}  // namespace

LabelVolume labelsOf(const torch::Tensor& logits, const VoxelGrid& grid) {
  return labelsOfMean(logits.unsqueeze(0), {0}, grid);
}

LabelVolume labelsOfMean(const torch::Tensor& logits, const std::vector<std::size_t>& modalities,
                         const VoxelGrid& grid) {
  const torch::Tensor host = logits.contiguous();
  const std::int64_t voxels = grid.voxelCount();
  const float* all = host.data_ptr<float>();
  LabelVolume labels{grid, std::vector<std::uint8_t>(static_cast<std::size_t>(voxels))};
  at::parallel_for(0, voxels, kVoxelsATask, [&](std::int64_t first, std::int64_t last) {
    Sums sums;
    for (std::int64_t v = first; v < last; v += kAtOnce) {
      const std::int64_t count = std::min(kAtOnce, last - v);
      for (std::size_t k = 0; k < sums.size(); ++k) {
        sums[k].fill(0);
        for (const std::size_t m : modalities)
          add(all + static_cast<std::int64_t>(m * sums.size() + k) * voxels + v, count,
              sums[k].data());
      }
      label(sums[0].data(), sums[1].data(), sums[2].data(), count, labels.voxels.data() + v);
    }
  });
  return labels;
}

}  // namespace modascope
