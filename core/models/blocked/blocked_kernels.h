#pragma once

#include <cstdint>
#include <vector>

#include "core/models/precision.h"

namespace modascope {

/// Loops over activations whose channels lie in blocks of one vector register:
///
///     [C / lanes, D, H, W, lanes]
///
/// so that every layer works on whole registers, whatever the size of the grid. One thread each;
/// who calls them shares out planes (indices of D) and blocks.

struct Grid {
  std::int64_t d = 0;
  std::int64_t h = 0;
  std::int64_t w = 0;
  std::int64_t plane() const { return h * w; }
  std::int64_t voxels() const { return d * h * w; }
  Grid half() const { return {d / 2, h / 2, w / 2}; }
};

/// Planes `first` to `last` − 1.
struct Planes {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t size() const { return last - first; }
};

/// A convolution 3×3×3 with padding 1. `inputs` counts blocks; a plain volume of one channel has
/// `lanesIn` 1 and one "block".
struct ConvGeometry {
  Grid grid;
  std::int64_t inputs = 1;
  std::int64_t lanesIn = 1;
};

/// Per channel of one block, over some voxels, of v = value − pivot.
struct BlockSums {
  const float* pivot = nullptr;
  double* plain = nullptr;     ///< Σ v
  double* weighted = nullptr;  ///< Σ v², or what the function says
};

/// y = max(0, z·scale + shift), per channel of one block.
struct BlockAffine {
  const float* scale = nullptr;
  const float* shift = nullptr;
};

/// Where a line twice as long reads: (1 − t)·in[low] + t·in[high].
struct Tap {
  std::int64_t low = 0;
  std::int64_t high = 0;
  float t = 0;
};
/// The transpose: what in[i] of the short line gets from `weights` of the long one from `first` on.
struct TapGather {
  std::int64_t first = 0;
  std::vector<float> weights;
};
struct Taps {
  std::vector<Tap> d, h, w;
};
struct TapGathers {
  std::vector<TapGather> d, h, w;
};

class BlockedKernels {
 public:
  virtual ~BlockedKernels() = default;
  virtual std::int64_t lanes() const = 0;
  /// Of the factors in convolutions of blocks; those of a plain volume are float32.
  virtual Precision precision() const = 0;

  /// How many of `outputs` blocks one call of `addConvolution` makes; divides `outputs`.
  virtual std::int64_t outputsAtOnce(const ConvGeometry& geometry, std::int64_t outputs) const = 0;
  /// Adds to `planes` of the first `outputsAtOnce` blocks of y. Packed weights of one block of
  /// outputs: [inputs, 3, 3, lanesIn, 3, lanes] floats, or [inputs, 3, 3, lanesIn / 2, 3, lanes, 2]
  /// bfloat16.
  virtual void addConvolution(const ConvGeometry& geometry, std::int64_t outputs, const float* x,
                              const void* weights, float* y, Planes planes) const = 0;
  /// x: one block (or volume), dz: one block; adds what `planes` of dz give to dw
  /// [3, 3, lanesIn, 3, lanes].
  virtual void addWeightGradient(const ConvGeometry& geometry, const float* x, const float* dz,
                                 float* dw, Planes planes) const = 0;
  virtual void fill(float* y, const float* values, std::int64_t voxels) const = 0;

  /// Adds Σ v and Σ v².
  virtual void addSums(const float* z, std::int64_t voxels, const BlockSums& sums) const = 0;
  virtual void affineRelu(const float* z, std::int64_t voxels, const BlockAffine& affine,
                          float* y) const = 0;
  /// Masks dy where the ReLU was shut; adds Σ dy and Σ dy·(z − pivot).
  virtual void maskAndSum(float* dy, const float* z, std::int64_t voxels, const BlockAffine& affine,
                          const BlockSums& sums) const = 0;
  /// dy ← dy·scale − z·slope − offset, per channel.
  virtual void combine(float* dy, const float* z, std::int64_t voxels, const float* scale,
                       const float* slope, const float* offset) const = 0;

  /// Planes of `half`, the smaller grid; y or dy of that, x and dx of twice that.
  virtual void maxPool(const Grid& half, const float* x, float* y, Planes planes) const = 0;
  /// Adds dy to each cell's first largest voxel of x.
  virtual void addMaxPoolGradient(const Grid& half, const float* x, const float* dy, float* dx,
                                  Planes planes) const = 0;
  /// Planes of twice `half`.
  virtual void upsample(const Grid& half, const Taps& taps, const float* x, float* y,
                        Planes planes) const = 0;
  /// Planes of `half`.
  virtual void upsampleGradient(const Grid& half, const TapGathers& gathers, const float* dy,
                                float* dx, Planes planes) const = 0;

  /// y[v] = Σ over `blocks` and lanes of x·weights + bias, for `voxels` from x on; blocks of x are
  /// `stride` floats apart; weights [blocks·lanes].
  virtual void project(const float* x, std::int64_t blocks, std::int64_t stride,
                       const float* weights, float bias, float* y, std::int64_t voxels) const = 0;
  /// For one block: dx += c[v]·weights, and dw += Σ c[v]·x[v].
  virtual void addProjectGradient(const float* x, const float* c, const float* weights, float* dx,
                                  float* dw, std::int64_t voxels) const = 0;
};

/// Widest vectors first.
std::vector<const BlockedKernels*> kernelsOfThisProcessor(Precision precision);
/// The first of them whose vectors divide `channels`, a multiple of 8.
const BlockedKernels& blockedKernels(std::int64_t channels, Precision precision);

const BlockedKernels& plainKernels(Precision precision);
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__)
#define MODASCOPE_X86_KERNELS
const BlockedKernels& avx2Kernels(Precision precision);
const BlockedKernels& avx512Kernels(Precision precision);
/// Whose processor multiplies pairs of bfloat16; 16 lanes, and 8.
const BlockedKernels& avx512BFloat16Kernels();
const BlockedKernels& avx512HalfBFloat16Kernels();
#endif

/// Room for so many 32-bit words, the thread's own, for the kernels; until it asks again.
std::uint32_t* roomOfThisThread(std::int64_t words);

}  // namespace modascope
