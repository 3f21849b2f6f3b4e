#pragma once

#include "core/base/seed.h"
#include "core/phantom/phantom_noise.h"

namespace modascope {

/// Parts of a voxel that are fluid, grey and white matter; they add up to 1.
struct BrainMix {
  double csf = 0;
  double grey = 0;
  double white = 0;
};

/// A brain without its skull in a frame of its own: mm from the middle, x to the left, y to the
/// back, z up, within 80 mm of the middle. Shapes are distances in mm (below 0 inside) to
/// ellipsoids and tubes, folded and roughened by noise.
class PhantomHead {
 public:
  enum class Part { Cerebrum, Cerebellum, Stem };

  explicit PhantomHead(const Seed& seed, std::uint64_t index);

  /// How deep under the brain's surface, mm; below 0 outside.
  double depth(const Vec3& mm) const;
  /// The healthy tissue at `mm`, `depth` below the surface, seen with voxels of `voxelMm`.
  BrainMix mix(const Vec3& mm, double depth, double voxelMm) const;
  /// Distance to the ventricles, below 0 inside.
  double toVentricles(const Vec3& mm) const;

 private:
  Vec3 inBrain(const Vec3& mm) const;
  double toSulci(const Vec3& p, double depth) const;
  double toLeaves(const Vec3& p, double depth) const;
  double toFluid(const Vec3& p, double depth, Part part) const;

  double size_ = 1;
  double turn_ = 0;  ///< radians about the vertical axis
  double ventricleSize_ = 1;
  SmoothNoise surface_;
  SmoothNoise folds_;
  SmoothNoise foldDepth_;
  SmoothNoise midline_;
};

/// Part of a voxel that lies inside something whose surface is `distance` mm away (below 0 inside).
double coverage(double distance, double voxelMm);

}  // namespace modascope
