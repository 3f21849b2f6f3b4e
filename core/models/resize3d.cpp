#include "core/models/resize3d.h"

#include <algorithm>
#include <array>
#include <vector>

#include <ATen/ATen.h>
#include <ATen/Parallel.h>

#include "core/models/simd.h"

namespace modascope {
namespace {

/// One channel of one sample: where it starts, and the sizes of the smaller resolution.
struct Slab {
  std::int64_t d, h, w;
  std::int64_t small() const { return d * h * w; }
};

float* channelOf(const torch::Tensor& t, std::int64_t sample, std::int64_t channel) {
  return t.data_ptr<float>() + sample * t.stride(0) + channel * t.stride(1);
}

/// Calls `work(sample, channel)` for every channel of every sample, in parallel.
template <typename Work>
void forEachChannel(const torch::Tensor& t, Work work) {
  const std::int64_t channels = t.size(1);
  at::parallel_for(0, t.size(0) * channels, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t k = first; k < last; ++k) work(k / channels, k % channels);
  });
}

/// Offsets of a cell's eight voxels, in the order in which ties are broken.
std::array<std::int64_t, 8> cellOffsets(const Slab& s) {
  const std::int64_t row = 2 * s.w, plane = 4 * s.h * s.w;
  return {0, 1, row, row + 1, plane, plane + 1, plane + row, plane + row + 1};
}

void poolSlab(const float* x, float* y, const Slab& s) {
  const auto offsets = cellOffsets(s);
  for (std::int64_t z = 0; z < s.d; ++z)
    for (std::int64_t v = 0; v < s.h; ++v) {
      const float* row = x + ((2 * z) * 2 * s.h + 2 * v) * 2 * s.w;
      float* out = y + (z * s.h + v) * s.w;
      for (std::int64_t u = 0; u < s.w; ++u) {
        float best = row[2 * u];
        for (int k = 1; k < 8; ++k) best = std::max(best, row[2 * u + offsets[k]]);
        out[u] = best;
      }
    }
}

void unpoolSlab(const float* x, const float* dy, float* dx, const Slab& s) {
  const auto offsets = cellOffsets(s);
  for (std::int64_t z = 0; z < s.d; ++z)
    for (std::int64_t v = 0; v < s.h; ++v) {
      const std::int64_t start = ((2 * z) * 2 * s.h + 2 * v) * 2 * s.w;
      const float* grad = dy + (z * s.h + v) * s.w;
      for (std::int64_t u = 0; u < s.w; ++u) {
        const std::int64_t cell = start + 2 * u;
        std::int64_t best = cell;
        for (int k = 1; k < 8; ++k)
          if (x[cell + offsets[k]] > x[best]) best = cell + offsets[k];
        dx[best] += grad[u];
      }
    }
}

/// Output 2n of a line is (1 − t)·in[low] + t·in[low + 1], align_corners = true.
struct Tap {
  std::int64_t low;
  std::int64_t high;
  float t;
};

std::vector<Tap> tapsFor(std::int64_t n) {
  std::vector<Tap> taps(static_cast<std::size_t>(2 * n));
  const float scale = n == 1 ? 0.0F : static_cast<float>(n - 1) / static_cast<float>(2 * n - 1);
  for (std::int64_t i = 0; i < 2 * n; ++i) {
    const float at = scale * static_cast<float>(i);
    const auto low = std::min(static_cast<std::int64_t>(at), n - 1);
    taps[static_cast<std::size_t>(i)] = {low, std::min(low + 1, n - 1),
                                         at - static_cast<float>(low)};
  }
  return taps;
}

MODASCOPE_VECTORISED void blendRows(const float* a, const float* b, float* out, std::int64_t n,
                                    float t) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) out[i] = (1 - t) * a[i] + t * b[i];
}

MODASCOPE_VECTORISED void addScaled(const float* in, float* out, std::int64_t n, float factor) {
#pragma omp simd
  for (std::int64_t i = 0; i < n; ++i) out[i] += factor * in[i];
}

/// `lines` blocks of n rows → 2n rows, each row `length` long.
void stretchRows(const float* in, float* out, std::int64_t lines, std::int64_t length,
                 const std::vector<Tap>& taps) {
  const auto rows = static_cast<std::int64_t>(taps.size());
  for (std::int64_t l = 0; l < lines; ++l)
    for (std::int64_t i = 0; i < rows; ++i) {
      const Tap& tap = taps[static_cast<std::size_t>(i)];
      const float* block = in + l * rows / 2 * length;
      blendRows(block + tap.low * length, block + tap.high * length, out + (l * rows + i) * length,
                length, tap.t);
    }
}

/// The transpose of `stretchRows`; `out` must be zero.
void gatherRows(const float* in, float* out, std::int64_t lines, std::int64_t length,
                const std::vector<Tap>& taps) {
  const auto rows = static_cast<std::int64_t>(taps.size());
  for (std::int64_t l = 0; l < lines; ++l)
    for (std::int64_t i = 0; i < rows; ++i) {
      const Tap& tap = taps[static_cast<std::size_t>(i)];
      float* block = out + l * rows / 2 * length;
      const float* row = in + (l * rows + i) * length;
      addScaled(row, block + tap.low * length, length, 1 - tap.t);
      addScaled(row, block + tap.high * length, length, tap.t);
    }
}

void stretchWithin(const float* in, float* out, std::int64_t lines, const std::vector<Tap>& taps) {
  const auto n = static_cast<std::int64_t>(taps.size());
  for (std::int64_t l = 0; l < lines; ++l)
    for (std::int64_t i = 0; i < n; ++i) {
      const Tap& tap = taps[static_cast<std::size_t>(i)];
      const float* line = in + l * n / 2;
      out[l * n + i] = (1 - tap.t) * line[tap.low] + tap.t * line[tap.high];
    }
}

void gatherWithin(const float* in, float* out, std::int64_t lines, const std::vector<Tap>& taps) {
  const auto n = static_cast<std::int64_t>(taps.size());
  for (std::int64_t l = 0; l < lines; ++l) {
    float* line = out + l * n / 2;
    for (std::int64_t i = 0; i < n; ++i) {
      const Tap& tap = taps[static_cast<std::size_t>(i)];
      line[tap.low] += (1 - tap.t) * in[l * n + i];
      line[tap.high] += tap.t * in[l * n + i];
    }
  }
}

struct Taps {
  std::vector<Tap> d, h, w;
  explicit Taps(const Slab& s) : d(tapsFor(s.d)), h(tapsFor(s.h)), w(tapsFor(s.w)) {}
};

void stretchSlab(const float* in, float* out, const Slab& s, const Taps& taps) {
  std::vector<float> wide(static_cast<std::size_t>(2 * s.small()));
  std::vector<float> high(static_cast<std::size_t>(4 * s.small()));
  stretchWithin(in, wide.data(), s.d * s.h, taps.w);
  stretchRows(wide.data(), high.data(), s.d, 2 * s.w, taps.h);
  stretchRows(high.data(), out, 1, 4 * s.h * s.w, taps.d);
}

void gatherSlab(const float* in, float* out, const Slab& s, const Taps& taps) {
  std::vector<float> high(static_cast<std::size_t>(4 * s.small()));
  std::vector<float> wide(static_cast<std::size_t>(2 * s.small()));
  std::fill(out, out + s.small(), 0.0F);
  gatherRows(in, high.data(), 1, 4 * s.h * s.w, taps.d);
  gatherRows(high.data(), wide.data(), s.d, 2 * s.w, taps.h);
  gatherWithin(wide.data(), out, s.d * s.h, taps.w);
}

Slab halfOf(const torch::Tensor& large) {
  return {large.size(2) / 2, large.size(3) / 2, large.size(4) / 2};
}

}  // namespace

torch::Tensor maxPool(const torch::Tensor& x) {
  if (!x.is_cpu()) return at::max_pool3d(x, {2, 2, 2});
  const Slab s = halfOf(x);
  auto y = torch::empty({x.size(0), x.size(1), s.d, s.h, s.w}, x.options());
  forEachChannel(x, [&](std::int64_t n, std::int64_t c) {
    poolSlab(channelOf(x, n, c), channelOf(y, n, c), s);
  });
  return y;
}

void addMaxPoolGradient(torch::Tensor dx, const torch::Tensor& dy, const torch::Tensor& x) {
  const std::int64_t repeats = dy.size(0) / x.size(0);
  if (!x.is_cpu()) {
    const auto indices = std::get<1>(at::max_pool3d_with_indices(x, {2, 2, 2}));
    const auto wide = at::repeat_interleave(x, repeats, 0);
    dx.add_(at::max_pool3d_with_indices_backward(dy, wide, {2, 2, 2}, {2, 2, 2}, {0, 0, 0},
                                                 {1, 1, 1}, false,
                                                 at::repeat_interleave(indices, repeats, 0)));
    return;
  }
  const Slab s = halfOf(x);
  forEachChannel(dy, [&](std::int64_t n, std::int64_t c) {
    unpoolSlab(channelOf(x, n / repeats, c), channelOf(dy, n, c), channelOf(dx, n, c), s);
  });
}

torch::Tensor upsample(const torch::Tensor& x) {
  const Slab s{x.size(2), x.size(3), x.size(4)};
  if (!x.is_cpu()) return at::upsample_trilinear3d(x, {2 * s.d, 2 * s.h, 2 * s.w}, true);
  const Taps taps(s);
  auto y = torch::empty({x.size(0), x.size(1), 2 * s.d, 2 * s.h, 2 * s.w}, x.options());
  forEachChannel(x, [&](std::int64_t n, std::int64_t c) {
    stretchSlab(channelOf(x, n, c), channelOf(y, n, c), s, taps);
  });
  return y;
}

torch::Tensor upsampleGradient(const torch::Tensor& dy) {
  const Slab s = halfOf(dy);
  const std::vector<std::int64_t> shape{dy.size(0), dy.size(1), s.d, s.h, s.w};
  if (!dy.is_cpu())
    return at::upsample_trilinear3d_backward(dy, {2 * s.d, 2 * s.h, 2 * s.w}, shape, true);
  const Taps taps(s);
  auto dx = torch::empty(shape, dy.options());
  forEachChannel(dy, [&](std::int64_t n, std::int64_t c) {
    gatherSlab(channelOf(dy, n, c), channelOf(dx, n, c), s, taps);
  });
  return dx;
}

}  // namespace modascope
