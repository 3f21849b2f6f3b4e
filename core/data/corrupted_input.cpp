#include "core/data/corrupted_input.h"

#include <cmath>

#include <ATen/ATen.h>

namespace modascope {
namespace {

using torch::Tensor;

/// Independent standard normal values, the same for a seed on every machine.
Tensor noiseLike(const Tensor& t, Seed seed) {
  auto rng = seed.stream("noise");
  Tensor noise = torch::empty(t.sizes(), torch::kFloat32);
  float* values = noise.data_ptr<float>();
  for (std::int64_t i = 0; i < noise.numel(); ++i) values[i] = static_cast<float>(gaussian(rng));
  return noise;
}

Tensor stretched(const Tensor& picture, const Tensor& like) {
  if (picture.sizes() == like.sizes()) return picture.clone();
  return at::upsample_bilinear2d(picture.unsqueeze(0), {like.size(1), like.size(2)}, false)[0];
}

/// [D, H, W]
Tensor stretched(const Volume& volume, const VoxelGrid& grid) {
  const auto& from = volume.grid.size;
  const Tensor voxels = torch::from_blob(const_cast<float*>(volume.voxels.data()),  // only read
                                         {1, 1, from[2], from[1], from[0]}, torch::kFloat32);
  const auto& to = grid.size;
  return at::upsample_trilinear3d(voxels, {to[2], to[1], to[0]}, false)[0][0].contiguous();
}

struct HeadFacts {
  double mean = 0;
  double deviation = 0;
};

HeadFacts headFacts(const Volume& volume) {
  double sum = 0, squares = 0, count = 0;
  for (const float v : volume.voxels) {
    if (v == 0) continue;
    sum += v;
    squares += static_cast<double>(v) * v;
    ++count;
  }
  if (count == 0) return {};
  const double mean = sum / count;
  return {mean, std::sqrt(std::max(0.0, squares / count - mean * mean))};
}

void corruptHead(Volume& volume, Corruption how, std::mt19937_64 rng) {
  const auto [mean, deviation] = headFacts(volume);
  for (float& v : volume.voxels) {
    if (v == 0) continue;
    const double steps = how == Corruption::Noise ? gaussian(rng) : 1;
    v = static_cast<float>(mean + deviation * steps);
  }
}

}  // namespace

Tensor corrupted(const Sample& sample, Corruption how, const Sample& other, Seed seed) {
  if (how == Corruption::Noise) return noiseLike(sample.x, seed);
  if (how == Corruption::Constant) return torch::ones_like(sample.x);
  return sample.x.dim() == 3 ? stretched(other.x, sample.x) : other.x.clone();
}

PreparedCase corrupted(const PreparedCase& patient, Corruption how, const PreparedCase& other,
                       Seed seed) {
  PreparedCase result = patient;
  for (std::size_t m = 0; m < result.modalities.size(); ++m) {
    auto& volume = result.modalities[m];
    if (!volume) continue;
    if (how != Corruption::Shuffled) {
      corruptHead(*volume, how, seed.stream("noise", m));
    } else if (!other.modalities[m]) {
      volume.reset();
    } else {
      const Tensor voxels = stretched(*other.modalities[m], result.grid);
      volume->voxels.assign(voxels.data_ptr<float>(), voxels.data_ptr<float>() + voxels.numel());
    }
  }
  return result;
}

}  // namespace modascope
