#include "core/models/norm_relu.h"

#include <algorithm>
#include <cmath>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/models/simd.h"

namespace modascope {
namespace {

constexpr double kEpsilon = 1e-5;
constexpr std::int64_t kChunk = 4096;  // floats that are summed before double takes over

struct Sums {
  double plain = 0;
  double weighted = 0;
};

MODASCOPE_VECTORISED float sumChunk(const float* z, std::int64_t n) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < n; ++i) sum += z[i];
  return sum;
}

MODASCOPE_VECTORISED float squareChunk(const float* z, std::int64_t n, float mean) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < n; ++i) sum += (z[i] - mean) * (z[i] - mean);
  return sum;
}

MODASCOPE_VECTORISED void affineRelu(const float* z, float* y, std::int64_t n, float scale,
                                     float shift) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) {
    const float value = z[i] * scale + shift;
    y[i] = value > 0 ? value : 0;
  }
}

/// Masks dy by the ReLU, in place, and sums it plainly and weighted with z − mean.
MODASCOPE_VECTORISED void maskAndSum(float* dy, const float* z, std::int64_t n, float scale,
                                     float shift, float mean, float* plain, float* weighted) {
  float a = 0, b = 0;
#pragma omp simd reduction(+ : a, b)
  for (std::int64_t i = 0; i < n; ++i) {
    const float d = z[i] * scale + shift > 0 ? dy[i] : 0;
    dy[i] = d;
    a += d;
    b += d * (z[i] - mean);
  }
  *plain = a;
  *weighted = b;
}

/// dz = dy·scale − z·slope − offset, in place; returns its sum.
MODASCOPE_VECTORISED float finish(float* dy, const float* z, std::int64_t n, float scale,
                                  float slope, float offset) {
  float sum = 0;
#pragma omp simd reduction(+ : sum)
  for (std::int64_t i = 0; i < n; ++i) {
    const float d = dy[i] * scale - z[i] * slope - offset;
    dy[i] = d;
    sum += d;
  }
  return sum;
}

template <typename Step>
void inChunks(std::int64_t n, Step step) {
  for (std::int64_t i = 0; i < n; i += kChunk) step(i, std::min(kChunk, n - i));
}

struct Shape {
  std::int64_t n, m, c, groups, voxels;
  std::int64_t perGroup() const { return c / groups; }
};

Shape shapeOf(const torch::Tensor& z, std::int64_t groups) {
  return {z.size(0), z.size(1), z.size(2), groups, z.size(3) * z.size(4) * z.size(5)};
}

void groupStatistics(const float* z, std::int64_t n, float* mean, float* inverse) {
  double sum = 0, squares = 0;
  inChunks(n, [&](std::int64_t i, std::int64_t k) { sum += sumChunk(z + i, k); });
  const auto centre = static_cast<float>(sum / static_cast<double>(n));
  inChunks(n, [&](std::int64_t i, std::int64_t k) { squares += squareChunk(z + i, k, centre); });
  *mean = centre;
  *inverse = static_cast<float>(1.0 / std::sqrt(squares / static_cast<double>(n) + kEpsilon));
}

NormRelu forwardCpu(const torch::Tensor& z, const torch::Tensor& gamma, const torch::Tensor& beta,
                    std::int64_t groups) {
  const Shape s = shapeOf(z, groups);
  NormRelu out{torch::empty_like(z),
               {torch::empty({s.n, s.m, groups}, z.options()),
                torch::empty({s.n, s.m, groups}, z.options())}};
  const float* in = z.data_ptr<float>();
  const float* g = gamma.data_ptr<float>();
  const float* b = beta.data_ptr<float>();
  float* y = out.y.data_ptr<float>();
  float* mean = out.statistics.mean.data_ptr<float>();
  float* inverse = out.statistics.inverseDeviation.data_ptr<float>();
  at::parallel_for(0, s.n * s.m * groups, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t k = first; k < last; ++k) {
      const std::int64_t channels = s.perGroup(), start = k * channels * s.voxels;
      groupStatistics(in + start, channels * s.voxels, mean + k, inverse + k);
      const std::int64_t affine = k / groups % s.m * s.c + k % groups * channels;
      for (std::int64_t c = 0; c < channels; ++c) {
        const float scale = g[affine + c] * inverse[k];
        affineRelu(in + start + c * s.voxels, y + start + c * s.voxels, s.voxels, scale,
                   b[affine + c] - mean[k] * scale);
      }
    }
  });
  return out;
}

/// One (sample, modality, group) and all its cotangents.
struct GroupBackward {
  Shape s;
  std::int64_t r;
  const float *z, *gamma, *beta;  // of the group's first channel
  float mean, inverse;

  /// dy and the three sums [C per group] belong to one cotangent; the sums are added to.
  void pull(float* dy, double* dGamma, double* dBeta, double* dBias) const {
    const std::int64_t channels = s.perGroup();
    double all = 0, allWeighted = 0;
    for (std::int64_t c = 0; c < channels; ++c) {
      const Sums sums = maskChannel(dy + c * s.voxels, c);
      dBeta[c] += sums.plain;
      dGamma[c] += sums.weighted;
      all += gamma[c] * sums.plain;
      allWeighted += gamma[c] * sums.weighted;
    }
    const double count = static_cast<double>(channels * s.voxels);
    const double slope = inverse * inverse * allWeighted / count;
    const double offset = inverse * all / count - slope * mean;
    for (std::int64_t c = 0; c < channels; ++c)
      inChunks(s.voxels, [&](std::int64_t i, std::int64_t k) {
        const std::int64_t at = c * s.voxels + i;
        dBias[c] += finish(dy + at, z + at, k, gamma[c] * inverse, static_cast<float>(slope),
                           static_cast<float>(offset));
      });
  }

 private:
  Sums maskChannel(float* dy, std::int64_t c) const {
    const float scale = gamma[c] * inverse, shift = beta[c] - mean * scale;
    const float* zc = z + c * s.voxels;
    Sums sums;
    inChunks(s.voxels, [&](std::int64_t i, std::int64_t k) {
      float plain = 0, weighted = 0;
      maskAndSum(dy + i, zc + i, k, scale, shift, mean, &plain, &weighted);
      sums.plain += plain;
      sums.weighted += static_cast<double>(weighted) * inverse;
    });
    return sums;
  }
};

NormReluGradients backwardCpu(torch::Tensor& dy, const torch::Tensor& z,
                              const NormStatistics& statistics, const torch::Tensor& gamma,
                              const torch::Tensor& beta) {
  const Shape s = shapeOf(z, statistics.mean.size(2));
  const std::int64_t r = dy.size(2), channels = s.perGroup();
  const auto sums = torch::zeros({3, s.n, s.m, r, s.c}, torch::kFloat64);
  float* d = dy.data_ptr<float>();
  double* out = sums.data_ptr<double>();
  const std::int64_t plane = s.n * s.m * r * s.c;
  const float* mean = statistics.mean.data_ptr<float>();
  const float* inverse = statistics.inverseDeviation.data_ptr<float>();
  at::parallel_for(0, s.n * s.m * s.groups, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t k = first; k < last; ++k) {
      const std::int64_t sample = k / s.groups, inSample = k % s.groups * channels;
      const std::int64_t affine = sample % s.m * s.c + inSample;
      const GroupBackward group{s,
                                r,
                                z.data_ptr<float>() + (sample * s.c + inSample) * s.voxels,
                                gamma.data_ptr<float>() + affine,
                                beta.data_ptr<float>() + affine,
                                mean[k],
                                inverse[k]};
      for (std::int64_t j = 0; j < r; ++j) {
        const std::int64_t at = (sample * r + j) * s.c + inSample;
        group.pull(d + at * s.voxels, out + at, out + plane + at, out + 2 * plane + at);
      }
    }
  });
  const auto overSamples = sums.sum(1).to(torch::kFloat32);
  return {overSamples[0], overSamples[1], overSamples[2]};
}

torch::Tensor perModality(const torch::Tensor& affine) {
  return affine.view({1, affine.size(0), affine.size(1), 1, 1, 1});
}

torch::Tensor perChannel(const torch::Tensor& groupValue, std::int64_t channels) {
  return groupValue.repeat_interleave(channels / groupValue.size(2), 2)
      .unsqueeze(-1)
      .unsqueeze(-1)
      .unsqueeze(-1);
}

NormRelu forwardAnywhere(const torch::Tensor& z, const torch::Tensor& gamma,
                         const torch::Tensor& beta, std::int64_t groups) {
  const auto grouped = z.reshape({z.size(0), z.size(1), groups, -1});
  const NormStatistics statistics{grouped.mean(3), (grouped.var(3, false) + kEpsilon).rsqrt()};
  const auto xhat = (z - perChannel(statistics.mean, z.size(2))) *
                    perChannel(statistics.inverseDeviation, z.size(2));
  return {(xhat * perModality(gamma) + perModality(beta)).relu(), statistics};
}

NormReluGradients backwardAnywhere(torch::Tensor& dy, const torch::Tensor& z,
                                   const NormStatistics& statistics, const torch::Tensor& gamma,
                                   const torch::Tensor& beta) {
  const std::int64_t c = z.size(2), groups = statistics.mean.size(2);
  const auto inverse = perChannel(statistics.inverseDeviation, c).unsqueeze(2);
  const auto xhat = (z - perChannel(statistics.mean, c)).unsqueeze(2) * inverse;
  const auto g = perModality(gamma).unsqueeze(2);
  dy.mul_((xhat * g + perModality(beta).unsqueeze(2)) > 0);
  const auto dGamma = (dy * xhat).sum({0, 4, 5, 6}), dBeta = dy.sum({0, 4, 5, 6});
  const auto groupMean = [&](const torch::Tensor& t) {
    const auto mean = t.reshape({t.size(0), t.size(1), t.size(2), groups, -1}).mean(4);
    return mean.repeat_interleave(c / groups, 3).unsqueeze(-1).unsqueeze(-1).unsqueeze(-1);
  };
  const auto dx = dy * g;
  dy.copy_(inverse * (dx - groupMean(dx) - xhat * groupMean(dx * xhat)));
  return {dGamma, dBeta, dy.sum({0, 4, 5, 6})};
}

}  // namespace

NormRelu normRelu(const torch::Tensor& z, const torch::Tensor& gamma, const torch::Tensor& beta,
                  std::int64_t groups) {
  return z.is_cpu() ? forwardCpu(z, gamma, beta, groups) : forwardAnywhere(z, gamma, beta, groups);
}

NormReluGradients normReluBackward(torch::Tensor& dy, const torch::Tensor& z,
                                   const NormStatistics& statistics, const torch::Tensor& gamma,
                                   const torch::Tensor& beta) {
  return z.is_cpu() ? backwardCpu(dy, z, statistics, gamma, beta)
                    : backwardAnywhere(dy, z, statistics, gamma, beta);
}

}  // namespace modascope
