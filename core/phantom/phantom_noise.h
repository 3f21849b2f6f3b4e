#pragma once

#include <random>
#include <vector>

#include "core/volume/volume.h"

namespace modascope {

/// A smooth random field over the head, mean 0 and variance about 1: normal values on a coarse
/// lattice, joined by quadratic B-splines. `scaleMm` is the lattice's spacing.
class SmoothNoise {
 public:
  SmoothNoise(std::mt19937_64 rng, double scaleMm);

  double at(const Vec3& mm) const;

 private:
  double perMm_;
  int count_;  ///< lattice points along each axis
  std::vector<float> lattice_;
};

}  // namespace modascope
