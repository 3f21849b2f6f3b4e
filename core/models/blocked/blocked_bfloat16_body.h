#pragma once

// Convolutions 3×3×3 that multiply bfloat16 and sum float32: a pair of them takes the place of a
// float. Activations stay float32; a task shortens what it reads. Who includes this says first how
// pairs are made (`joined`, `shorten`) and multiplied (`addProducts`).

#include "core/models/blocked/blocked_layers_body.h"

namespace modascope {
namespace {

MODASCOPE_INLINE Planes withNeighbours(Planes planes, std::int64_t size) {
  return {std::max<std::int64_t>(planes.first - 1, 0), std::min(planes.last + 1, size)};
}

/// A row's voxels `first` and `first` + 1, and so on, as pairs; 0 outside the row.
MODASCOPE_INLINE void pairUp(const float* row, std::int64_t width, std::int64_t first,
                             std::int64_t pairs, Pair* to) {
  const auto voxel = [&](std::int64_t u) {
    return u >= 0 && u < width ? load(row + u * kLanes) : Vec{};
  };
  for (std::int64_t j = 0; j < pairs; ++j)
    store(to + j * kLanes, joined(voxel(first + 2 * j), voxel(first + 2 * j + 1)));
}

/// One row of one kernel row: x (0, 1), (2, 3), … meets dz `even` (0, 1), … and `odd` (−1, 0), ….
template <int Inputs>
MODASCOPE_INLINE void addRowOfPairs(const Pair* x, const Pair* even, const Pair* odd,
                                    std::int64_t pairs, Vec (&sums)[Inputs][3]) {
  Pairs before = load(odd);
  for (std::int64_t j = 0; j < pairs; ++j) {
    const Pairs here = load(even + j * kLanes), after = load(odd + (j + 1) * kLanes);
#pragma GCC unroll 16
    for (int i = 0; i < Inputs; ++i) {
      const Pairs value = all(x[j * kLanes + i]);
      sums[i][0] = addProducts(sums[i][0], value, after);
      sums[i][1] = addProducts(sums[i][1], value, here);
      sums[i][2] = addProducts(sums[i][2], value, before);
    }
    before = after;
  }
}

/// Some rows of some planes of dz, and what of x is near them, with voxels paired along w.
class PairedPatch {
 public:
  PairedPatch(const Grid& grid, const float* x, const float* dz, Planes planes, Planes rows)
      : grid_(grid),
        planes_(planes),
        rows_(rows),
        pairs_((grid.w + 1) / 2),
        nearPlanes_(withNeighbours(planes, grid.d)),
        nearRows_(withNeighbours(rows, grid.h)) {
    const std::int64_t row = pairs_ * kLanes, count = planes.size() * rows.size();
    x_ = roomOfThisThread(nearPlanes_.size() * nearRows_.size() * row + count * (2 * row + kLanes));
    even_ = x_ + nearPlanes_.size() * nearRows_.size() * row;
    odd_ = even_ + count * row;
    for (std::int64_t d = nearPlanes_.first; d < nearPlanes_.last; ++d)
      for (std::int64_t h = nearRows_.first; h < nearRows_.last; ++h)
        pairUp(x + (d * grid.h + h) * grid.w * kLanes, grid.w, 0, pairs_, near(d, h));
    for (std::int64_t d = planes.first; d < planes.last; ++d)
      for (std::int64_t h = rows.first; h < rows.last; ++h) {
        const float* from = dz + (d * grid.h + h) * grid.w * kLanes;
        pairUp(from, grid.w, 0, pairs_, even_ + at(d, h) * row);
        pairUp(from, grid.w, -1, pairs_ + 1, odd_ + at(d, h) * (row + kLanes));
      }
  }

  /// To a kernel row of `Inputs` channels from `first` on, [Inputs, 3, lanes].
  template <int Inputs>
  void addTo(float* dw, std::int64_t kd, std::int64_t kh, int first) const {
    Vec sums[Inputs][3];
    for (int i = 0; i < Inputs; ++i)
      for (int k = 0; k < 3; ++k) sums[i][k] = load(dw + (i * 3 + k) * kLanes);
    const std::int64_t row = pairs_ * kLanes;
    const Planes planes = meeting(planes_, kd, grid_.d), rows = meeting(rows_, kh, grid_.h);
    for (std::int64_t d = planes.first; d < planes.last; ++d)
      for (std::int64_t h = rows.first; h < rows.last; ++h)
        addRowOfPairs<Inputs>(near(d + kd - 1, h + kh - 1) + first, even_ + at(d, h) * row,
                              odd_ + at(d, h) * (row + kLanes), pairs_, sums);
    for (int i = 0; i < Inputs; ++i)
      for (int k = 0; k < 3; ++k) store(dw + (i * 3 + k) * kLanes, sums[i][k]);
  }

 private:
  /// Those whose neighbour on side `k` is in the grid.
  static Planes meeting(Planes some, std::int64_t k, std::int64_t size) {
    return {std::max(some.first, 1 - k), std::min(some.last, size + 1 - k)};
  }
  std::int64_t at(std::int64_t d, std::int64_t h) const {
    return (d - planes_.first) * rows_.size() + h - rows_.first;
  }
  Pair* near(std::int64_t d, std::int64_t h) const {
    return x_ +
           ((d - nearPlanes_.first) * nearRows_.size() + h - nearRows_.first) * pairs_ * kLanes;
  }

  const Grid& grid_;
  Planes planes_;
  Planes rows_;
  std::int64_t pairs_;
  Planes nearPlanes_;
  Planes nearRows_;
  Pair* x_;
  Pair* even_;
  Pair* odd_;
};

class BFloat16Kernels final : public Kernels {
 public:
  Precision precision() const override { return Precision::BFloat16; }

  void addConvolution(const ConvGeometry& g, std::int64_t outputs, const float* x,
                      const void* weights, float* y, Planes planes) const override {
    if (g.lanesIn == 1) return Kernels::addConvolution(g, outputs, x, weights, y, planes);
    const Planes near = withNeighbours(planes, g.grid.d);
    const std::int64_t vectors = near.size() * g.grid.plane(), stride = vectors * kLanes / 2;
    Pair* pairs = roomOfThisThread(g.inputs * stride);
    for (std::int64_t i = 0; i < g.inputs; ++i)
      shorten(x + (i * g.grid.voxels() + near.first * g.grid.plane()) * kLanes, vectors,
              pairs + i * stride);
    bestTile<Pair, kLanes / 2>(g.grid.w, outputs)
        .add(g, {pairs, stride, near.first}, static_cast<const Pair*>(weights), y, planes);
  }

  void addWeightGradient(const ConvGeometry& g, const float* x, const float* dz, float* dw,
                         Planes planes) const override {
    if (g.lanesIn == 1) return Kernels::addWeightGradient(g, x, dz, dw, planes);
    // A patch as deep as it is high has the fewest neighbours.
    const std::int64_t h = g.grid.h, rows = std::max<std::int64_t>(1, kVoxelsNear / g.grid.w);
    const std::int64_t high = std::clamp(rows / planes.size(), std::min<std::int64_t>(4, h), h);
    const std::int64_t deep = std::max<std::int64_t>(1, rows / high);
    for (std::int64_t d = planes.first; d < planes.last; d += deep)
      for (std::int64_t top = 0; top < h; top += high)
        addPatch(PairedPatch(g.grid, x, dz, {d, std::min(d + deep, planes.last)},
                             {top, std::min(top + high, h)}),
                 dw);
  }

 private:
  static constexpr std::int64_t kVoxelsNear = 1024;

  static void addPatch(const PairedPatch& patch, float* dw) {
    constexpr int kInputs = std::min(kLanes, kAccumulators / 3);
    for (std::int64_t kd = 0; kd < 3; ++kd)
      for (std::int64_t kh = 0; kh < 3; ++kh)
        for (int i = 0; i < kLanes; i += kInputs)
          patch.addTo<kInputs>(dw + ((kd * 3 + kh) * kLanes + i) * 3 * kLanes, kd, kh, i);
  }
};

/// One of each for the whole program.
inline const BlockedKernels& kernelsOf(Precision precision) {
  static const Kernels single;
  static const BFloat16Kernels half;
  return precision == Precision::BFloat16 ? static_cast<const BlockedKernels&>(half) : single;
}

}  // namespace
}  // namespace modascope
