#pragma once

// Normalisation, resizing and the last projection on blocked activations; see
// blocked_vector_body.h.

#include "core/models/blocked/blocked_convolution_body.h"

namespace modascope {
namespace {

constexpr std::int64_t kChunk = 64;  // voxels that are summed before double takes over

MODASCOPE_INLINE void addTo(double* totals, Vec sum) {
  float lanes[kLanes];
  store(lanes, sum);
  for (int c = 0; c < kLanes; ++c) totals[c] += static_cast<double>(lanes[c]);
}

/// Σ_j weights[j] · in[j · stride + i] for `count` vectors i.
MODASCOPE_INLINE void weigh(const float* in, std::int64_t stride, const std::vector<float>& weights,
                            std::int64_t count, float* out) {
  for (std::int64_t i = 0; i < count; ++i) store(out + i * kLanes, Vec{});
  for (const float weight : weights) {
    for (std::int64_t i = 0; i < count; ++i)
      store(out + i * kLanes, load(out + i * kLanes) + weight * load(in + i * kLanes));
    in += stride;
  }
}

MODASCOPE_INLINE void blend(const float* a, const float* b, float t, std::int64_t count,
                            float* out) {
  for (std::int64_t i = 0; i < count; ++i)
    store(out + i * kLanes, (1 - t) * load(a + i * kLanes) + t * load(b + i * kLanes));
}

/// The eight voxels of each cell of a plane, in the order in which ties are broken.
struct Cells {
  std::int64_t row;
  std::int64_t plane;
  explicit Cells(const Grid& half) : row(2 * half.w * kLanes), plane(4 * half.plane() * kLanes) {}
  MODASCOPE_INLINE std::int64_t start(std::int64_t d, std::int64_t h) const {
    return 2 * d * plane + 2 * h * row;
  }
  MODASCOPE_INLINE std::int64_t corner(int k) const {
    return (k & 4 ? plane : 0) + (k & 2 ? row : 0) + (k & 1 ? kLanes : 0);
  }
};

class Kernels : public ConvolutionKernels {
 public:
  void fill(float* y, const float* values, std::int64_t voxels) const override {
    const Vec value = load(values);
    for (std::int64_t v = 0; v < voxels; ++v) store(y + v * kLanes, value);
  }

  void addSums(const float* z, std::int64_t voxels, const BlockSums& sums) const override {
    const Vec pivot = load(sums.pivot);
    for (std::int64_t start = 0; start < voxels; start += kChunk) {
      Vec plain{}, squares{};
      for (std::int64_t v = start; v < std::min(start + kChunk, voxels); ++v) {
        const Vec value = load(z + v * kLanes) - pivot;
        plain += value;
        squares += value * value;
      }
      addTo(sums.plain, plain);
      addTo(sums.weighted, squares);
    }
  }

  void affineRelu(const float* z, std::int64_t voxels, const BlockAffine& affine,
                  float* y) const override {
    const Vec scale = load(affine.scale), shift = load(affine.shift);
    for (std::int64_t v = 0; v < voxels; ++v) {
      const Vec value = load(z + v * kLanes) * scale + shift;
      store(y + v * kLanes, value > 0 ? value : Vec{});
    }
  }

  void maskAndSum(float* dy, const float* z, std::int64_t voxels, const BlockAffine& affine,
                  const BlockSums& sums) const override {
    const Vec scale = load(affine.scale), shift = load(affine.shift), pivot = load(sums.pivot);
    for (std::int64_t start = 0; start < voxels; start += kChunk) {
      Vec plain{}, weighted{};
      for (std::int64_t v = start; v < std::min(start + kChunk, voxels); ++v) {
        const Vec value = load(z + v * kLanes);
        const Vec d = value * scale + shift > 0 ? load(dy + v * kLanes) : Vec{};
        store(dy + v * kLanes, d);
        plain += d;
        weighted += d * (value - pivot);
      }
      addTo(sums.plain, plain);
      addTo(sums.weighted, weighted);
    }
  }

  void combine(float* dy, const float* z, std::int64_t voxels, const float* scale,
               const float* slope, const float* offset) const override {
    const Vec a = load(scale), b = load(slope), c = load(offset);
    for (std::int64_t v = 0; v < voxels; ++v)
      store(dy + v * kLanes, load(dy + v * kLanes) * a - load(z + v * kLanes) * b - c);
  }

  void maxPool(const Grid& half, const float* x, float* y, Planes planes) const override {
    const Cells cells(half);
    for (std::int64_t row = planes.first * half.h; row < planes.last * half.h; ++row) {
      const float* in = x + cells.start(row / half.h, row % half.h);
      float* out = y + row * half.w * kLanes;
      for (std::int64_t w = 0; w < half.w; ++w, in += 2 * kLanes) {
        Vec best = load(in);
        for (int k = 1; k < 8; ++k) {
          const Vec other = load(in + cells.corner(k));
          best = other > best ? other : best;
        }
        store(out + w * kLanes, best);
      }
    }
  }

  void addMaxPoolGradient(const Grid& half, const float* x, const float* dy, float* dx,
                          Planes planes) const override {
    const Cells cells(half);
    for (std::int64_t row = planes.first * half.h; row < planes.last * half.h; ++row) {
      const std::int64_t start = cells.start(row / half.h, row % half.h);
      for (std::int64_t w = 0; w < half.w; ++w)
        addCellGradient(cells, x + start + 2 * w * kLanes, load(dy + (row * half.w + w) * kLanes),
                        dx + start + 2 * w * kLanes);
    }
  }

  void upsample(const Grid& half, const Taps& taps, const float* x, float* y,
                Planes planes) const override {
    const std::int64_t plane = half.plane() * kLanes, row = half.w * kLanes;
    std::vector<float> blended(static_cast<std::size_t>(plane + row));
    float* line = blended.data() + plane;
    for (std::int64_t d = planes.first; d < planes.last; ++d) {
      const Tap& deep = taps.d[static_cast<std::size_t>(d)];
      blend(x + deep.low * plane, x + deep.high * plane, deep.t, half.plane(), blended.data());
      float* out = y + d * 4 * plane;
      for (const Tap& high : taps.h) {
        blend(blended.data() + high.low * row, blended.data() + high.high * row, high.t, half.w,
              line);
        for (const Tap& wide : taps.w) {
          blend(line + wide.low * kLanes, line + wide.high * kLanes, wide.t, 1, out);
          out += kLanes;
        }
      }
    }
  }

  void upsampleGradient(const Grid& half, const TapGathers& gathers, const float* dy, float* dx,
                        Planes planes) const override {
    const std::int64_t plane = 4 * half.plane() * kLanes, row = 2 * half.w * kLanes;
    std::vector<float> weighed(static_cast<std::size_t>(plane + row));
    float* line = weighed.data() + plane;
    for (std::int64_t d = planes.first; d < planes.last; ++d) {
      const TapGather& deep = gathers.d[static_cast<std::size_t>(d)];
      weigh(dy + deep.first * plane, plane, deep.weights, 4 * half.plane(), weighed.data());
      float* out = dx + d * half.plane() * kLanes;
      for (const TapGather& high : gathers.h) {
        weigh(weighed.data() + high.first * row, row, high.weights, 2 * half.w, line);
        for (const TapGather& wide : gathers.w) {
          weigh(line + wide.first * kLanes, kLanes, wide.weights, 1, out);
          out += kLanes;
        }
      }
    }
  }

  void project(const float* x, std::int64_t blocks, std::int64_t stride, const float* weights,
               float bias, float* y, std::int64_t voxels) const override {
    for (std::int64_t v = 0; v < voxels; ++v) {
      Vec sum{};
      for (std::int64_t b = 0; b < blocks; ++b)
        sum += load(x + b * stride + v * kLanes) * load(weights + b * kLanes);
      float lanes[kLanes];
      store(lanes, sum);
      for (int half = kLanes / 2; half > 0; half /= 2)
        for (int c = 0; c < half; ++c) lanes[c] += lanes[c + half];
      y[v] = lanes[0] + bias;
    }
  }

  void addProjectGradient(const float* x, const float* c, const float* weights, float* dx,
                          float* dw, std::int64_t voxels) const override {
    const Vec weight = load(weights);
    Vec sums[4]{};
    for (std::int64_t v = 0; v < voxels; ++v) {
      const Vec value = all(c[v]);
      store(dx + v * kLanes, load(dx + v * kLanes) + value * weight);
      sums[v % 4] += value * load(x + v * kLanes);
    }
    store(dw, load(dw) + (sums[0] + sums[1]) + (sums[2] + sums[3]));
  }

 private:
  static MODASCOPE_INLINE void addCellGradient(const Cells& cells, const float* x, Vec dy,
                                               float* dx) {
    Vec best = load(x);
    for (int k = 1; k < 8; ++k) {
      const Vec other = load(x + cells.corner(k));
      best = other > best ? other : best;
    }
    for (int k = 0; k < 8; ++k) {
      float* at = dx + cells.corner(k);
      const auto here = load(x + cells.corner(k)) == best;
      store(at, load(at) + (here ? dy : Vec{}));
      dy = here ? Vec{} : dy;
    }
  }
};

}  // namespace
}  // namespace modascope
