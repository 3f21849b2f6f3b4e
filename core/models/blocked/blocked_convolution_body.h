#pragma once

// Convolutions 3×3×3 on blocked activations; see blocked_vector_body.h. A `Value` is a float or a
// pair of bfloat16, and `LanesIn` counts them.

#include "core/models/blocked/blocked_vector_body.h"

namespace modascope {
namespace {

/// Which of the three kernel planes (or rows) fall into the grid at `at`.
struct Reach {
  int first;
  int last;
  MODASCOPE_INLINE Reach(std::int64_t at, std::int64_t size)
      : first(at == 0 ? 1 : 0), last(at + 1 == size ? 2 : 3) {}
};

struct Strides {
  std::int64_t row;
  std::int64_t plane;
};

/// `Width` neighbouring voxels of `Outputs` blocks, kept in registers while one block of inputs is
/// added. x points at the same voxels; `Left` and `Right` say whether these have neighbours.
template <int Width, int Outputs, int LanesIn, bool Left, bool Right, typename Value>
MODASCOPE_INLINE void addTile(const Value* x, Strides in, const Value* weights,
                              std::int64_t weightStride, float* y, std::int64_t outputStride,
                              Reach depth, Reach height) {
  Vec sums[Outputs][Width];
  for (int o = 0; o < Outputs; ++o)
    for (int v = 0; v < Width; ++v) sums[o][v] = load(y + o * outputStride + v * kLanes);
  for (int kd = depth.first; kd < depth.last; ++kd)
    for (int kh = height.first; kh < height.last; ++kh) {
      const Value* row = x + (kd - 1) * in.plane + (kh - 1) * in.row;
      const Value* kernel = weights + (kd * 3 + kh) * 3 * LanesIn * kLanes;
      for (int i = 0; i < LanesIn; ++i) {
        decltype(all(*x)) taps[Outputs][3];
        for (int o = 0; o < Outputs; ++o)
          for (int k = 0; k < 3; ++k)
            taps[o][k] = load(kernel + o * weightStride + (i * 3 + k) * kLanes);
#pragma GCC unroll 32
        for (int u = Left ? -1 : 0; u < (Right ? Width + 1 : Width); ++u) {
          const auto value = all(row[u * LanesIn + i]);
#pragma GCC unroll 3
          for (int k = 0; k < 3; ++k) {
            const int v = u + 1 - k;
            if (v < 0 || v >= Width) continue;
#pragma GCC unroll 4
            for (int o = 0; o < Outputs; ++o)
              sums[o][v] = addProducts(sums[o][v], value, taps[o][k]);
          }
        }
      }
    }
  for (int o = 0; o < Outputs; ++o)
    for (int v = 0; v < Width; ++v) store(y + o * outputStride + v * kLanes, sums[o][v]);
}

/// Blocks of inputs, `stride` values apart, of which plane `first` and those behind it are there.
template <typename Value>
struct Inputs {
  const Value* values;
  std::int64_t stride;
  std::int64_t first;
};

/// Adds one block of inputs, from plane `first` on, to the same rows of `Outputs` blocks of
/// outputs.
template <int Width, int Outputs, int LanesIn, typename Value>
struct RowAdder {
  const Grid& grid;
  const Value* x;
  std::int64_t first;
  const Value* weights;
  std::int64_t weightStride;
  float* y;

  /// Row h of plane d; Width divides the grid's.
  void add(std::int64_t d, std::int64_t h) const {
    const std::int64_t start = (d * grid.h + h) * grid.w, end = start + grid.w;
    const Reach depth(d, grid.d), height(h, grid.h);
    if (grid.w == Width) return tile<false, false>(start, depth, height);
    tile<false, true>(start, depth, height);
    std::int64_t at = start + Width;
    for (; at + Width < end; at += Width) tile<true, true>(at, depth, height);
    tile<true, false>(at, depth, height);
  }

 private:
  template <bool Left, bool Right>
  MODASCOPE_INLINE void tile(std::int64_t at, Reach depth, Reach height) const {
    addTile<Width, Outputs, LanesIn, Left, Right>(
        x + (at - first * grid.plane()) * LanesIn, {grid.w * LanesIn, grid.plane() * LanesIn},
        weights, weightStride, y + at * kLanes, grid.voxels() * kLanes, depth, height);
  }
};

/// So many floats of outputs stay in the nearest cache while all blocks of inputs are added.
constexpr std::int64_t kFloatsNear = 8192;

template <int Width, int Outputs, int LanesIn, typename Value>
void addPlanes(const ConvGeometry& g, Inputs<Value> x, const Value* weights, float* y,
               Planes planes) {
  constexpr std::int64_t kOfInput = 27 * LanesIn * kLanes;
  const std::int64_t last = planes.last * g.grid.h;
  const std::int64_t atOnce = std::max<std::int64_t>(1, kFloatsNear / (g.grid.w * kLanes));
  for (std::int64_t row = planes.first * g.grid.h; row < last; row += atOnce)
    for (std::int64_t i = 0; i < g.inputs; ++i) {
      const RowAdder<Width, Outputs, LanesIn, Value> adder{
          g.grid, x.values + i * x.stride, x.first, weights + i * kOfInput, g.inputs * kOfInput, y};
      for (std::int64_t r = row; r < std::min(row + atOnce, last); ++r)
        adder.add(r / g.grid.h, r % g.grid.h);
    }
}

template <typename Value>
struct Tile {
  std::int64_t width;
  std::int64_t outputs;
  void (*add)(const ConvGeometry&, Inputs<Value>, const Value*, float*, Planes);
};

template <typename Value, int LanesIn>
struct TilesOf {
  template <int Width, int Outputs>
  static constexpr Tile<Value> of() {
    return {Width, Outputs, addPlanes<Width, Outputs, LanesIn, Value>};
  }
  static constexpr Tile<Value> all[] = {
      of<12, 2>(), of<24, 1>(), of<6, 4>(),  of<5, 4>(), of<8, 2>(), of<16, 1>(), of<4, 4>(),
      of<7, 2>(),  of<6, 2>(),  of<12, 1>(), of<3, 4>(), of<4, 2>(), of<8, 1>(),  of<2, 4>(),
      of<6, 1>(),  of<4, 1>(),  of<1, 4>(),  of<2, 1>(), of<1, 1>()};
};

/// The tile that fills the most registers; of several, the one named first.
template <typename Value, int LanesIn>
MODASCOPE_INLINE const Tile<Value>& bestTile(std::int64_t width, std::int64_t outputs) {
  const Tile<Value>* best = nullptr;
  for (const Tile<Value>& tile : TilesOf<Value, LanesIn>::all) {
    const std::int64_t sums = tile.width * tile.outputs;
    if (width % tile.width != 0 || outputs % tile.outputs != 0 || sums > kAccumulators) continue;
    if (best == nullptr || sums > best->width * best->outputs) best = &tile;
  }
  return *best;
}

/// `Lanes` inputs of one kernel row, from `rows` rows on; every value of x meets three of dz.
template <int Inputs, int LanesIn>
MODASCOPE_INLINE void addRowsOfWeights(const float* x, const float* dz, std::int64_t width,
                                       std::int64_t rows, float* dw) {
  Vec sums[Inputs][3];
  for (int i = 0; i < Inputs; ++i)
    for (int k = 0; k < 3; ++k) sums[i][k] = load(dw + (i * 3 + k) * kLanes);
  for (std::int64_t r = 0; r < rows; ++r) {
    const float* in = x + r * width * LanesIn;
    const float* out = dz + r * width * kLanes;
    Vec before{}, here = load(out);
    for (std::int64_t u = 0; u < width; ++u) {
      const Vec after = u + 1 < width ? load(out + (u + 1) * kLanes) : Vec{};
#pragma GCC unroll 16
      for (int i = 0; i < Inputs; ++i) {
        const Vec value = all(in[u * LanesIn + i]);
        sums[i][0] += value * after;
        sums[i][1] += value * here;
        sums[i][2] += value * before;
      }
      before = here;
      here = after;
    }
  }
  for (int i = 0; i < Inputs; ++i)
    for (int k = 0; k < 3; ++k) store(dw + (i * 3 + k) * kLanes, sums[i][k]);
}

/// The nine kernel rows, for as many rows of dz as stay near.
template <int LanesIn>
void addWeights(const Grid& grid, const float* x, const float* dz, float* dw, Planes planes) {
  constexpr int kInputs = LanesIn == 1 ? 1 : std::min(LanesIn, kAccumulators / 3);
  const std::int64_t atOnce = std::max<std::int64_t>(1, kFloatsNear / (grid.w * kLanes));
  for (std::int64_t d = planes.first; d < planes.last; ++d)
    for (std::int64_t top = 0; top < grid.h; top += atOnce)
      for (std::int64_t kd = 0; kd < 3; ++kd) {
        if (d + kd < 1 || d + kd > grid.d) continue;
        for (std::int64_t kh = 0; kh < 3; ++kh) {
          const std::int64_t first = std::max(top, 1 - kh);
          const std::int64_t last = std::min({top + atOnce, grid.h, grid.h + 1 - kh});
          const float* in = x + ((d + kd - 1) * grid.h + first + kh - 1) * grid.w * LanesIn;
          const float* out = dz + (d * grid.h + first) * grid.w * kLanes;
          float* kernel = dw + (kd * 3 + kh) * 3 * LanesIn * kLanes;
          for (int i = 0; i < LanesIn; i += kInputs)
            addRowsOfWeights<kInputs, LanesIn>(in + i, out, grid.w, last - first,
                                               kernel + i * 3 * kLanes);
        }
      }
}

class ConvolutionKernels : public BlockedKernels {
 public:
  std::int64_t lanes() const override { return kLanes; }
  Precision precision() const override { return Precision::Float32; }

  std::int64_t outputsAtOnce(const ConvGeometry& g, std::int64_t outputs) const override {
    return bestTile<float, kLanes>(g.grid.w, outputs).outputs;
  }

  void addConvolution(const ConvGeometry& g, std::int64_t outputs, const float* x,
                      const void* weights, float* y, Planes planes) const override {
    const auto& tile = g.lanesIn == 1 ? bestTile<float, 1>(g.grid.w, outputs)
                                      : bestTile<float, kLanes>(g.grid.w, outputs);
    tile.add(g, {x, g.grid.voxels() * g.lanesIn, 0}, static_cast<const float*>(weights), y, planes);
  }

  void addWeightGradient(const ConvGeometry& g, const float* x, const float* dz, float* dw,
                         Planes planes) const override {
    (g.lanesIn == 1 ? addWeights<1> : addWeights<kLanes>)(g.grid, x, dz, dw, planes);
  }
};

}  // namespace
}  // namespace modascope
