#include "core/phantom/phantom_head.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kFoldMm = 5.8;

double lengthOf(const Vec3& v) {
  return std::sqrt(v[0] * v[0] + v[1] * v[1] + v[2] * v[2]);
}

/// Near the surface the distance in mm; exact for spheres.
double toEllipsoid(const Vec3& p, const Vec3& centre, const Vec3& radii) {
  Vec3 once{};
  Vec3 twice{};
  for (std::size_t i = 0; i < 3; ++i) {
    once[i] = (p[i] - centre[i]) / radii[i];
    twice[i] = once[i] / radii[i];
  }
  const double norm = lengthOf(once);
  return norm < 1e-9 ? -*std::min_element(radii.begin(), radii.end())
                     : norm * (norm - 1) / lengthOf(twice);
}

struct TubeEnd {
  Vec3 centre;
  double radius;
};

double toTube(const Vec3& p, const TubeEnd& a, const TubeEnd& b) {
  double along = 0;
  double square = 0;
  for (std::size_t i = 0; i < 3; ++i) {
    const double edge = b.centre[i] - a.centre[i];
    along += (p[i] - a.centre[i]) * edge;
    square += edge * edge;
  }
  const double t = std::clamp(along / square, 0.0, 1.0);
  Vec3 away{};
  for (std::size_t i = 0; i < 3; ++i) {
    away[i] = p[i] - a.centre[i] - t * (b.centre[i] - a.centre[i]);
  }
  return lengthOf(away) - (a.radius + t * (b.radius - a.radius));
}

/// The nearer of two, rounded where they meet over `mm`.
double joined(double a, double b, double mm) {
  const double blend = std::clamp(0.5 + 0.5 * (b - a) / mm, 0.0, 1.0);
  return b + (a - b) * blend - mm * blend * (1 - blend);
}

double toCerebrum(const Vec3& p) {
  const double narrowing = 1 + 0.0022 * std::min(p[1], 40.0);  // the forehead is narrower
  const double upper = toEllipsoid({p[0] / narrowing, p[1], p[2]}, {0, 0, 6}, {61, 77, 63});
  const double flatBase = -24 - p[2] - 0.1 * p[1];
  const double lobe = toEllipsoid({std::abs(p[0]), p[1], p[2]}, {38, -6, -24}, {21, 38, 22});
  return joined(-joined(-upper, -flatBase, 12), lobe, 8);
}

double toCerebellum(const Vec3& p) {
  return toEllipsoid(p, {0, 41, -38}, {53, 31, 27});
}

double toStem(const Vec3& p) {
  return joined(toTube(p, {{0, 8, -22}, 13}, {{0, 17, -85}, 8}),
                toEllipsoid(p, {0, 6, -44}, {15, 12, 14}), 4);
}

/// Which part of the brain a place belongs to: the one that it lies deepest in.
PhantomHead::Part partAt(const Vec3& p) {
  const double cerebrum = toCerebrum(p);
  const double cerebellum = toCerebellum(p);
  const double stem = toStem(p);
  if (cerebrum < std::min(cerebellum, stem)) return PhantomHead::Part::Cerebrum;
  return cerebellum < stem ? PhantomHead::Part::Cerebellum : PhantomHead::Part::Stem;
}

double toDeepGrey(const Vec3& p) {
  const Vec3 side{std::abs(p[0]), p[1], p[2]};
  const double thalamus = toEllipsoid(side, {11, 10, 3}, {8, 13, 8});
  const double putamen = toEllipsoid(side, {27, -4, 3}, {5, 15, 9});
  const double caudate = toEllipsoid(side, {15, -18, 12}, {4.5, 10, 7});
  return std::min({thalamus, putamen, caudate});
}

}  // namespace

double coverage(double distance, double voxelMm) {
  return std::clamp(0.5 - distance / voxelMm, 0.0, 1.0);
}

PhantomHead::PhantomHead(const Seed& seed, std::uint64_t index)
    : surface_(seed.stream("phantom surface", index), 14),
      folds_(seed.stream("phantom folds", index), kFoldMm),
      foldDepth_(seed.stream("phantom fold depth", index), 22),
      midline_(seed.stream("phantom midline", index), 30) {
  auto rng = seed.stream("phantom head", index);
  size_ = 0.97 + 0.06 * uniform(rng);
  turn_ = 0.08 * (2 * uniform(rng) - 1);
  ventricleSize_ = 0.7 + 0.7 * uniform(rng);
}

Vec3 PhantomHead::inBrain(const Vec3& mm) const {
  const double c = std::cos(turn_) / size_;
  const double s = std::sin(turn_) / size_;
  return {c * mm[0] + s * mm[1], c * mm[1] - s * mm[0], mm[2] / size_};
}

double PhantomHead::depth(const Vec3& mm) const {
  const Vec3 p = inBrain(mm);
  const double parts = std::min({toCerebrum(p), toCerebellum(p), toStem(p)});
  return std::abs(parts) > 8 ? -parts : -parts + 1.4 * surface_.at(p);
}

double PhantomHead::toVentricles(const Vec3& mm) const {
  Vec3 p = inBrain(mm);
  p[0] += 1.2 * midline_.at(p);
  const Vec3 side{std::abs(p[0]), p[1], p[2]};
  const double wide = ventricleSize_;
  const TubeEnd front{{9, -31, 6}, 4.5 * wide};
  const TubeEnd body{{8, -6, 17}, 5 * wide};
  const TubeEnd back{{20, 27, 10}, 6.5 * wide};
  const TubeEnd occipital{{17, 46, 6}, 2.5 * wide};
  const TubeEnd temporal{{31, 8, -16}, 2.2 * wide};
  const double lateral = std::min({joined(toTube(side, front, body), toTube(side, body, back), 4),
                                   toTube(side, back, occipital), toTube(side, back, temporal)});
  const double third = toEllipsoid(p, {0, 4, -3}, {1.6 + wide, 14, 10});
  const double fourth = toEllipsoid(p, {0, 24, -36}, {7, 5, 9});
  return std::min({lateral, third, fourth});
}

/// The folds are where a noise is near 0. It changes little along the way inwards, so that its
/// sheets stand upright on the surface.
double PhantomHead::toSulci(const Vec3& p, double depth) const {
  const double stretch = std::clamp(std::pow(62 / std::max(lengthOf(p), 1.0), 0.7), 0.8, 2.0);
  const double sheet = std::abs(folds_.at({p[0] * stretch, p[1] * stretch, p[2] * stretch}));
  const double reach = 19 + 6 * foldDepth_.at(p);
  return kFoldMm * sheet / stretch + std::max(0.0, depth - reach);
}

/// The leaves of the cerebellum: shallow, close and lying flat.
double PhantomHead::toLeaves(const Vec3& p, double depth) const {
  const double sheet = std::abs(folds_.at({0.8 * p[0], 1.2 * p[1], 2.2 * p[2]}));
  return 0.5 * kFoldMm * sheet + std::max(0.0, depth - 14);
}

double PhantomHead::toFluid(const Vec3& p, double depth, Part part) const {
  const double outside = depth + 0.7;  // little fluid is left after the skull was taken off
  if (part == Part::Stem) return outside;
  const double tent = std::abs(toCerebrum(p) - toCerebellum(p));
  if (part == Part::Cerebellum) return std::min({outside, toLeaves(p, depth), tent});
  const double fissure = 0.5 + std::abs(p[0] + 1.2 * midline_.at(p)) + std::max(0.0, depth - 30);
  return std::min({outside, toSulci(p, depth), fissure, tent});
}

BrainMix PhantomHead::mix(const Vec3& mm, double depth, double voxelMm) const {
  const Vec3 p = inBrain(mm);
  const Part part = partAt(p);
  const double fluidAway = toFluid(p, depth, part);
  const double cortex = part == Part::Cerebrum ? 4.4 : part == Part::Cerebellum ? 3.0 : 0.0;
  BrainMix mix;
  mix.csf = coverage(fluidAway - 1.0, voxelMm);
  mix.white = std::min(1 - mix.csf, coverage(1.0 + cortex - fluidAway, voxelMm));
  mix.grey = 1 - mix.csf - mix.white;

  const double grey = coverage(toDeepGrey(p), voxelMm) * mix.white * 0.85;
  mix.grey += grey;
  mix.white -= grey;
  const double fluid = coverage(toVentricles(mm), voxelMm);
  return {mix.csf + fluid * (1 - mix.csf), mix.grey * (1 - fluid), mix.white * (1 - fluid)};
}

}  // namespace modascope
