#include "core/volume/footprint.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kRounding = 1e-6;  // of a new voxel

Footprint around(double centre, double width, std::int64_t length) {
  Footprint footprint;
  if (!isInside(centre, length)) return footprint;
  const double low = centre - width / 2, high = centre + width / 2;
  const auto last = std::min<std::int64_t>(length - 1, std::llround(std::ceil(high - 0.5)));
  footprint.first = std::max<std::int64_t>(0, std::llround(std::floor(low + 0.5)));
  for (std::int64_t i = footprint.first; i <= last; ++i) {
    const double begin = std::max(low, static_cast<double>(i) - 0.5);
    const double end = std::min(high, static_cast<double>(i) + 0.5);
    footprint.shares.push_back(std::max(0.0, (end - begin) / width));
  }
  while (!footprint.shares.empty() && footprint.shares.back() < kRounding)
    footprint.shares.pop_back();
  while (!footprint.shares.empty() && footprint.shares.front() < kRounding) {
    footprint.shares.erase(footprint.shares.begin());
    ++footprint.first;
  }
  return footprint;
}

std::vector<Footprint> footprints(const AxisMap& map, std::int64_t count, std::int64_t length,
                                  double width) {
  std::vector<Footprint> all;
  for (std::int64_t i = 0; i < count; ++i)
    all.push_back(around(map.start + map.step * static_cast<double>(i), width, length));
  return all;
}

}  // namespace

std::vector<Footprint> meanFootprints(const AxisMap& map, std::int64_t count, std::int64_t length) {
  std::vector<Footprint> all = footprints(map, count, length, std::max(1.0, std::abs(map.step)));
  for (Footprint& footprint : all) {  // what lies outside does not count
    double sum = 0;
    for (const double share : footprint.shares) sum += share;
    for (double& share : footprint.shares) share /= sum;
  }
  return all;
}

std::vector<Footprint> exactFootprints(const AxisMap& map, std::int64_t count,
                                       std::int64_t length) {
  return footprints(map, count, length, std::abs(map.step));
}

}  // namespace modascope
