#include "core/models/blocked/blocked_layers.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>

#include "core/models/blocked/blocked_parallel.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr double kEpsilon = 1e-5;
constexpr std::int64_t kFloatsATask = 32768;

/// Planes of y that one task convolves: few enough for all threads to have work and for the
/// nearer caches.
std::int64_t planesToConvolve(const Tensor& y, std::int64_t outputsAtOnce) {
  const std::int64_t wanted = 4 * at::get_num_threads();
  const std::int64_t planes = y.size(0) * y.size(1) / outputsAtOnce * y.size(2);
  const std::int64_t most = kFloatsATask / (y.size(3) * y.size(4) * y.size(5));
  return std::clamp<std::int64_t>(planes / wanted, 1, std::max<std::int64_t>(most, 1));
}

/// Blocked x, or plain volumes [N, I, D, H, W].
ConvGeometry geometryOf(const Tensor& x, const Grid& grid) {
  return {grid, x.size(1), x.dim() == 5 ? 1 : x.size(5)};
}

/// y = bias + convolution of x; then calls after(n, block, planes) while these are still near.
template <typename After>
void convolve(const BlockedKernels& kernels, const Tensor& x, const Tensor& weights,
              const Tensor& bias, const Tensor& y, After after) {
  const ConvGeometry g = geometryOf(x, gridOf(y));
  const std::int64_t outputs = y.size(1), lanes = kernels.lanes(), plane = g.grid.plane();
  const std::int64_t atOnce = kernels.outputsAtOnce(g, outputs), groups = outputs / atOnce;
  const std::int64_t planes = planesToConvolve(y, atOnce), parts = partsOf(g.grid.d, planes);
  const auto* packed = static_cast<const char*>(weights.data_ptr());
  const auto ofBlock = static_cast<std::int64_t>(weights.nbytes()) / outputs;
  inParallel(y.size(0) * groups * parts, [&](std::int64_t task) {
    const std::int64_t n = task / parts / groups, block = task / parts % groups * atOnce;
    const std::int64_t first = task % parts * planes;
    const Planes some{first, std::min(first + planes, g.grid.d)};
    for (std::int64_t b = block; b < block + atOnce; ++b)
      kernels.fill(blockOf(y, n, b) + first * plane * lanes, bias.data_ptr<float>() + b * lanes,
                   some.size() * plane);
    kernels.addConvolution(g, outputs, x.data_ptr<float>() + n * x.stride(0),
                           packed + block * ofBlock, blockOf(y, n, block), some);
    for (std::int64_t b = block; b < block + atOnce; ++b) after(n, b, some);
  });
}

/// Two sums a channel for every plane, [N, blocks, D, 2, lanes]: the order in which planes are
/// added up later does not depend on who summed them.
Tensor planeSums(const Tensor& t) {
  return torch::zeros({t.size(0), t.size(1), t.size(2), 2, t.size(5)}, torch::kFloat64);
}
double* sumsOf(const Tensor& sums, std::int64_t n, std::int64_t block, std::int64_t d) {
  return sums.data_ptr<double>() +
         ((n * sums.size(1) + block) * sums.size(2) + d) * 2 * sums.size(4);
}

/// Mean and Σ (z − mean)² of each channel.
struct ChannelMoments {
  double mean = 0;
  double squares = 0;
};

/// From sums over planes about each plane's first voxel.
ChannelMoments momentsOf(const Tensor& z, const Tensor& sums, std::int64_t n,
                         std::int64_t channel) {
  const std::int64_t lanes = z.size(5), block = channel / lanes, lane = channel % lanes;
  const auto voxels = static_cast<double>(z.stride(2) / lanes);
  ChannelMoments all;
  for (std::int64_t d = 0; d < z.size(2); ++d) {
    const double* plane = sumsOf(sums, n, block, d) + lane;
    const double pivot = static_cast<double>(blockOf(z, n, block)[d * z.stride(2) + lane]);
    const double step = pivot + plane[0] / voxels - all.mean, before = static_cast<double>(d);
    all.mean += step / (before + 1);
    all.squares +=
        plane[lanes] - plane[0] * plane[0] / voxels + step * step * voxels * before / (before + 1);
  }
  return all;
}

/// weight [O, I, 3, 3, 3] → [O/lanes, I/in, 3, 3, in/together, 3, lanes, together]; `turned`: see
/// `packedWeights`.
template <typename Value>
Tensor packed(const Tensor& weight, std::int64_t lanes, std::int64_t in, bool turned,
              std::int64_t together) {
  const std::int64_t rows = weight.size(turned ? 1 : 0), columns = weight.size(turned ? 0 : 1);
  const std::int64_t inputs = columns / in;
  Tensor all = torch::empty({rows / lanes, inputs, 3, 3, in / together, 3, lanes, together},
                            c10::CppTypeToScalarType<Value>::value);
  const std::int64_t ofRow = turned ? 27 : columns * 27, ofColumn = turned ? rows * 27 : 27;
  inParallel(rows / lanes * inputs, [&](std::int64_t task) {
    Value* p = all.data_ptr<Value>() + task * 27 * in * lanes;
    const float* corner =
        weight.data_ptr<float>() + task / inputs * lanes * ofRow + task % inputs * in * ofColumn;
    for (std::int64_t k = 0; k < 9; ++k)
      for (std::int64_t i = 0; i < in; i += together)
        for (std::int64_t t = 3 * k; t < 3 * k + 3; ++t)
          for (std::int64_t o = 0; o < lanes; ++o)
            for (std::int64_t j = i; j < i + together; ++j)
              *p++ = static_cast<Value>(corner[o * ofRow + j * ofColumn + (turned ? 26 - t : t)]);
  });
  return all;
}

}  // namespace

Tensor BlockedLayers::packedWeights(const Tensor& weight, bool turned) const {
  if (kernels_.precision() == Precision::Float32)
    return packed<float>(weight, lanes(), lanes(), turned, 1);
  return packed<c10::BFloat16>(weight, lanes(), lanes(), turned, 2);
}

Tensor BlockedLayers::packedForVolumes(const Tensor& weight) const {
  return packed<float>(weight, lanes(), 1, false, 1);
}

Tensor BlockedLayers::make(std::int64_t samples, std::int64_t channels, const Grid& grid) const {
  return torch::empty({samples, channels / lanes(), grid.d, grid.h, grid.w, lanes()},
                      torch::kFloat32);
}

BlockedNorm BlockedLayers::convolveAndMeasure(const Tensor& x, const Tensor& weights,
                                              const Tensor& bias, const Tensor& gamma,
                                              const Tensor& beta, std::int64_t groups) const {
  const std::int64_t n = x.size(0), channels = bias.size(0);
  const Grid grid = gridOf(x);
  const auto values = [&] { return torch::empty({n, channels}, torch::kFloat32); };
  BlockedNorm norm{make(n, channels, grid), values(), values(), values(), values(), values()};
  const Tensor& z = norm.z;
  const Tensor sums = planeSums(z);
  convolve(kernels_, x, weights, bias, z, [&](std::int64_t s, std::int64_t b, Planes planes) {
    for (std::int64_t d = planes.first; d < planes.last; ++d) {
      const float* plane = blockOf(z, s, b) + d * z.stride(2);
      double* sum = sumsOf(sums, s, b, d);
      kernels_.addSums(plane, grid.plane(), {plane, sum, sum + lanes()});
    }
  });
  const std::int64_t perGroup = channels / groups;
  const auto voxels = static_cast<double>(grid.voxels());
  std::vector<ChannelMoments> moments(static_cast<std::size_t>(perGroup));
  for (std::int64_t s = 0; s < n; ++s)
    for (std::int64_t c = 0; c < channels; c += perGroup) {
      double mean = 0, squares = 0;
      for (std::int64_t i = 0; i < perGroup; ++i) {
        moments[i] = momentsOf(z, sums, s, c + i);
        mean += moments[i].mean / static_cast<double>(perGroup);
      }
      for (const ChannelMoments& m : moments)
        squares += m.squares + voxels * (m.mean - mean) * (m.mean - mean);
      const double inverse =
          1 / std::sqrt(squares / (voxels * static_cast<double>(perGroup)) + kEpsilon);
      for (std::int64_t i = 0; i < perGroup; ++i) {
        const std::int64_t at = s * channels + c + i;
        const double scale = static_cast<double>(gamma.data_ptr<float>()[c + i]) * inverse;
        norm.mean.data_ptr<float>()[at] = static_cast<float>(mean);
        norm.inverse.data_ptr<float>()[at] = static_cast<float>(inverse);
        norm.channelMean.data_ptr<float>()[at] = static_cast<float>(moments[i].mean - mean);
        norm.scale.data_ptr<float>()[at] = static_cast<float>(scale);
        norm.shift.data_ptr<float>()[at] =
            static_cast<float>(static_cast<double>(beta.data_ptr<float>()[c + i]) - mean * scale);
      }
    }
  return norm;
}

void BlockedLayers::applyNorm(const BlockedNorm& norm, Tensor y) const {
  const Tensor& z = norm.z;
  forEachBlock(z, planesATask(z), [&](std::int64_t n, std::int64_t b, Planes planes) {
    const std::int64_t start = planes.first * z.stride(2);
    kernels_.affineRelu(
        blockOf(z, n, b) + start, planes.size() * z.stride(2) / lanes(),
        {channelsOf(norm.scale, n, b, lanes()), channelsOf(norm.shift, n, b, lanes())},
        blockOf(y, n, b) + start);
  });
}

BlockedNormGradients BlockedLayers::pullNorm(Tensor dy, const BlockedNorm& norm,
                                             const Tensor& gamma, std::int64_t groups) const {
  const Tensor& z = norm.z;
  const std::int64_t l = lanes(), n = z.size(0), channels = z.size(1) * l, plane = z.stride(2);
  const Tensor sums = planeSums(z);
  forEachBlock(z, planesATask(z), [&](std::int64_t s, std::int64_t b, Planes planes) {
    for (std::int64_t d = planes.first; d < planes.last; ++d) {
      double* sum = sumsOf(sums, s, b, d);
      kernels_.maskAndSum(blockOf(dy, s, b) + d * plane, blockOf(z, s, b) + d * plane, plane / l,
                          {channelsOf(norm.scale, s, b, l), channelsOf(norm.shift, s, b, l)},
                          {channelsOf(norm.mean, s, b, l), sum, sum + l});
    }
  });
  const Tensor total = sums.sum(2).transpose(1, 2).reshape({n, 2, channels});
  const Tensor inverse = norm.inverse.to(torch::kFloat64), g = gamma.to(torch::kFloat64);
  const Tensor plain = total.select(1, 0), weighted = total.select(1, 1) * inverse;
  const auto voxels = static_cast<double>(z.stride(1) / l);
  const auto groupMean = [&](const Tensor& t) {
    return ((t * g).view({n, groups, -1}).mean(2) / voxels).repeat_interleave(channels / groups, 1);
  };
  // dz = 1/σ · (γ dy − mean(γ dy) − x̂ · mean(γ dy · x̂)), written as dy·scale − z·slope − offset.
  const Tensor slope = groupMean(weighted) * inverse * inverse;
  const Tensor level = groupMean(plain) * inverse;
  const Tensor offset = (level - norm.mean.to(torch::kFloat64) * slope).to(torch::kFloat32);
  const Tensor bias =
      plain * g * inverse - (norm.channelMean.to(torch::kFloat64) * slope + level) * voxels;
  const Tensor steep = slope.to(torch::kFloat32);
  forEachBlock(z, planesATask(z), [&](std::int64_t s, std::int64_t b, Planes planes) {
    const std::int64_t start = planes.first * plane;
    kernels_.combine(blockOf(dy, s, b) + start, blockOf(z, s, b) + start, planes.size() * plane / l,
                     channelsOf(norm.scale, s, b, l), channelsOf(steep, s, b, l),
                     channelsOf(offset, s, b, l));
  });
  return {weighted.to(torch::kFloat32), plain.to(torch::kFloat32), bias.to(torch::kFloat32)};
}

void BlockedLayers::pullConvolution(const Tensor& dz, const Tensor& weights, Tensor dx) const {
  const Tensor nothing = torch::zeros({dx.size(1) * lanes()}, torch::kFloat32);
  convolve(kernels_, dz, weights, nothing, dx, [](std::int64_t, std::int64_t, Planes) {});
}

void BlockedLayers::addWeightGradient(const Tensor& x, const Tensor& dz, float* row) const {
  const ConvGeometry g = geometryOf(x, gridOf(dz));
  const std::int64_t l = lanes(), outputs = dz.size(1), pairs = outputs * g.inputs;
  const std::int64_t size = 27 * g.lanesIn * l, volume = g.grid.voxels() * g.lanesIn;
  // So many partial sums, whatever the number of threads.
  const std::int64_t parts = std::min(g.grid.d, partsOf(16, pairs));
  const Tensor partial = torch::zeros({pairs * parts, size}, torch::kFloat32);
  inParallel(pairs * parts, [&](std::int64_t task) {
    const std::int64_t part = task % parts, o = task / parts / g.inputs,
                       i = task / parts % g.inputs;
    const Planes planes{g.grid.d * part / parts, g.grid.d * (part + 1) / parts};
    for (std::int64_t n = 0; n < dz.size(0); ++n)
      kernels_.addWeightGradient(g, x.data_ptr<float>() + n * x.stride(0) + i * volume,
                                 blockOf(dz, n, o), partial.data_ptr<float>() + task * size,
                                 planes);
  });
  const std::int64_t ofOutput = g.inputs * g.lanesIn * 27;
  inParallel(pairs, [&](std::int64_t pair) {
    float* sum = partial.data_ptr<float>() + pair * parts * size;
    for (std::int64_t part = 1; part < parts; ++part)
      for (std::int64_t k = 0; k < size; ++k) sum[k] += sum[part * size + k];
    float* corner = row + pair / g.inputs * l * ofOutput + pair % g.inputs * g.lanesIn * 27;
    for (std::int64_t o = 0; o < l; ++o)
      for (std::int64_t i = 0; i < g.lanesIn; ++i)
        for (std::int64_t t = 0; t < 27; ++t)
          corner[o * ofOutput + i * 27 + t] += sum[((t / 3 * g.lanesIn + i) * 3 + t % 3) * l + o];
  });
}

}  // namespace modascope
