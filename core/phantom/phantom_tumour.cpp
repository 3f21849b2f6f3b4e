#include "core/phantom/phantom_tumour.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

double between(double least, double most, std::mt19937_64& rng) {
  return least + (most - least) * uniform(rng);
}

double distanceOf(const Vec3& a, const Vec3& b, const Vec3& stretch) {
  double square = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double d = (a[i] - b[i]) / stretch[i];
    square += d * d;
  }
  return std::sqrt(square);
}

}  // namespace

PhantomTumour::PhantomTumour(const Seed& seed, std::uint64_t index, const PhantomHead& head)
    : shape_(seed.stream("phantom tumour shape", index), 15),
      detail_(seed.stream("phantom tumour detail", index), 8),
      rim_(seed.stream("phantom tumour rim", index), 9) {
  auto rng = seed.stream("phantom tumour", index);
  coreMm_ = between(12.5, 20, rng);
  rimMm_ = between(2.8, 4.8, rng);
  oedemaMm_ = coreMm_ + between(10, 15, rng);
  for (double& one : stretch_) one = between(0.82, 1.22, rng);
  const double wider = std::cbrt(stretch_[0] * stretch_[1] * stretch_[2]);
  for (double& one : stretch_) one /= wider;
  placeIn(head, rng);
  shapeAtCentre_ = 0.7 * shape_.at(centre_);
}

/// The deepest of a few places to one side that keep away from the ventricles.
void PhantomTumour::placeIn(const PhantomHead& head, std::mt19937_64& rng) {
  const double side = uniform(rng) < 0.5 ? -1 : 1;
  double best = -1e9;
  for (int tries = 0; tries < 12; ++tries) {
    const Vec3 place{side * between(20, 46, rng), between(-48, 48, rng), between(-8, 42, rng)};
    const double room = std::min(head.depth(place), head.toVentricles(place) + 6) - coreMm_;
    const double worth = std::min(room, 4.0) + 0.01 * room;
    if (worth > best) {
      best = worth;
      centre_ = place;
    }
  }
}

TumourMix PhantomTumour::mix(const Vec3& mm, const BrainMix& healthy, double voxelMm) const {
  const double distance = distanceOf(mm, centre_, stretch_);
  if (distance > 2.2 * oedemaMm_) return {};
  const double rough = shape_.at(mm) - shapeAtCentre_;
  const double toCore = distance - coreMm_ * (1 + 0.3 * rough) - 1.6 * detail_.at(mm);
  const double thickness = rimMm_ * std::clamp(1 + 0.6 * rim_.at(mm), 0.2, 2.5);
  const double toOedema =
      distance - oedemaMm_ - 5.5 * rough - 3.0 * detail_.at(mm) + 9 * healthy.grey + 2;
  const double core = coverage(toCore, voxelMm);
  TumourMix mix;
  mix.necrosis = std::min(core, coverage(toCore + thickness, voxelMm));
  mix.enhancing = core - mix.necrosis;
  mix.oedema = std::min(1 - core, coverage(toOedema, voxelMm)) * (1 - healthy.csf);
  return mix;
}

/// Volume is kept: r0^3 = r^3 - (pushed core)^3.
Vec3 PhantomTumour::beforeGrowth(const Vec3& mm) const {
  const double pushed = 0.75 * coreMm_;
  const double r = std::max(distanceOf(mm, centre_, {1, 1, 1}), 1e-6);
  const double before = std::cbrt(std::max(0.0, r * r * r - pushed * pushed * pushed));
  const double fade = std::exp(-r / (2.5 * oedemaMm_));
  const double scale = 1 + fade * (before / r - 1);
  Vec3 result{};
  for (std::size_t i = 0; i < 3; ++i) result[i] = centre_[i] + (mm[i] - centre_[i]) * scale;
  return result;
}

}  // namespace modascope
