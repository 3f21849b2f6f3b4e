#include "core/phantom/phantom_noise.h"

#include <algorithm>
#include <cmath>

#include "core/base/seed.h"

namespace modascope {
namespace {

constexpr double kReach = 120;  // mm from the centre; beyond it the field stays as it is

/// The three B-spline weights around a position within a cell, -0.5 ≤ t ≤ 0.5.
std::array<float, 3> weights(double t) {
  return {static_cast<float>(0.5 * (0.5 - t) * (0.5 - t)), static_cast<float>(0.75 - t * t),
          static_cast<float>(0.5 * (0.5 + t) * (0.5 + t))};
}

/// A turn about an oblique axis, so that the lattice shows along none of the image's axes.
constexpr std::array<Vec3, 3> kTurn{Vec3{2.0 / 3, -1.0 / 3, 2.0 / 3},
                                    Vec3{2.0 / 3, 2.0 / 3, -1.0 / 3},
                                    Vec3{-1.0 / 3, 2.0 / 3, 2.0 / 3}};

}  // namespace

SmoothNoise::SmoothNoise(std::mt19937_64 rng, double scaleMm)
    : perMm_(1 / scaleMm), count_(static_cast<int>(std::ceil(2 * kReach / scaleMm)) + 3) {
  // The spline's weights average neighbours: the mean square of their sum is 0.55 along each axis.
  const double gain = 1 / std::pow(0.55, 1.5);
  lattice_.resize(static_cast<std::size_t>(count_) * count_ * count_);
  for (float& value : lattice_) value = static_cast<float>(gain * gaussian(rng));
}

double SmoothNoise::at(const Vec3& mm) const {
  std::array<int, 3> first{};
  std::array<std::array<float, 3>, 3> weight{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const Vec3& row = kTurn[axis];
    const double turned = row[0] * mm[0] + row[1] * mm[1] + row[2] * mm[2];
    const double place = (std::clamp(turned, -kReach, kReach) + kReach) * perMm_ + 1;
    const int nearest = static_cast<int>(place + 0.5);
    first[axis] = nearest - 1;
    weight[axis] = weights(place - nearest);
  }
  float sum = 0;
  for (int z = 0; z < 3; ++z) {
    for (int y = 0; y < 3; ++y) {
      const std::size_t row = static_cast<std::size_t>((first[2] + z) * count_ + first[1] + y);
      const float* values = lattice_.data() + row * static_cast<std::size_t>(count_) + first[0];
      sum += weight[2][z] * weight[1][y] *
             (weight[0][0] * values[0] + weight[0][1] * values[1] + weight[0][2] * values[2]);
    }
  }
  return sum;
}

}  // namespace modascope
