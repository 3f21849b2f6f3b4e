#include "core/metrics/hausdorff95.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "core/base/error.h"

namespace modascope {
namespace {

using Index3 = std::array<std::int64_t, 3>;
constexpr double kFar = std::numeric_limits<double>::infinity();

/// Voxels low ≤ i < high along each axis.
struct Box {
  Index3 low;
  Index3 high;

  std::int64_t size(std::size_t axis) const { return high[axis] - low[axis]; }
  std::size_t count() const { return static_cast<std::size_t>(size(0) * size(1) * size(2)); }
  std::size_t offset(const Index3& at) const {
    return static_cast<std::size_t>(((at[2] - low[2]) * size(1) + at[1] - low[1]) * size(0) +
                                    at[0] - low[0]);
  }
};

Box boxAround(const std::vector<Index3>& voxels) {
  Box box{voxels.front(), voxels.front()};
  for (const Index3& voxel : voxels)
    for (std::size_t axis = 0; axis < 3; ++axis) {
      box.low[axis] = std::min(box.low[axis], voxel[axis]);
      box.high[axis] = std::max(box.high[axis], voxel[axis]);
    }
  for (std::int64_t& high : box.high) ++high;
  return box;
}

/// Squared distances in mm², x fastest.
struct Field {
  Box box;
  std::vector<double> squared;
};

/// The lower envelope of parabolas h + (x - x0)², one for each finite height of a line.
class Envelope {
 public:
  void clear() { parabolas_.clear(); }
  bool empty() const { return parabolas_.empty(); }

  /// Positions come in increasing order.
  void add(double position, double height) {
    double from = -kFar;
    while (!parabolas_.empty()) {
      const Parabola& last = parabolas_.back();
      from = (height - last.height + position * position - last.position * last.position) /
             (2 * (position - last.position));
      if (from > last.from) break;
      parabolas_.pop_back();
      from = -kFar;
    }
    parabolas_.push_back({position, height, from});
  }

  /// Calls `take(i, value)` for the positions i · spacing, low ≤ i < high.
  template <typename Take>
  void evaluate(std::int64_t low, std::int64_t high, double spacing, Take take) const {
    std::size_t at = 0;
    for (std::int64_t i = low; i < high; ++i) {
      const double x = static_cast<double>(i) * spacing;
      while (at + 1 < parabolas_.size() && parabolas_[at + 1].from <= x) ++at;
      const double distance = x - parabolas_[at].position;
      take(i, parabolas_[at].height + distance * distance);
    }
  }

 private:
  struct Parabola {
    double position;
    double height;
    double from;  ///< where it becomes the lowest
  };
  std::vector<Parabola> parabolas_;
};

/// One axis of the transform: minimum over the line of f(j) + ((i - j) · spacing)², for i in
/// `wanted`'s range along the axis. Source: Felzenszwalb, Huttenlocher, Theory of Computing 2012.
Field sweep(const Field& f, std::size_t axis, const Box& wanted, double spacing) {
  Box box = f.box;
  box.low[axis] = wanted.low[axis];
  box.high[axis] = wanted.high[axis];
  Field result{box, std::vector<double>(box.count(), kFar)};
  const auto strideOf = [axis](const Box& b) {
    return static_cast<std::size_t>(axis == 0 ? 1 : axis == 1 ? b.size(0) : b.size(0) * b.size(1));
  };
  const std::size_t in = strideOf(f.box);
  const std::size_t out = strideOf(box);
  const std::size_t a = axis == 0 ? 1 : 0;
  const std::size_t b = axis == 2 ? 1 : 2;
  Envelope envelope;
  Index3 from = f.box.low;
  Index3 to = box.low;
  for (from[b] = f.box.low[b]; from[b] < f.box.high[b]; ++from[b])
    for (from[a] = f.box.low[a]; from[a] < f.box.high[a]; ++from[a]) {
      const double* line = f.squared.data() + f.box.offset(from);
      envelope.clear();
      for (std::int64_t j = f.box.low[axis]; j < f.box.high[axis]; ++j, line += in)
        if (*line < kFar) envelope.add(static_cast<double>(j) * spacing, *line);
      if (envelope.empty()) continue;
      to[a] = from[a];
      to[b] = from[b];
      double* first = result.squared.data() + box.offset(to);
      envelope.evaluate(box.low[axis], box.high[axis], spacing, [&](std::int64_t, double squared) {
        *first = squared;
        first += out;
      });
    }
  return result;
}

/// Squared distance from every voxel of `wanted` to the nearest site. Exact: the transform goes
/// axis by axis from the box of all sites to the box that is asked for.
Field squaredDistances(const RegionSurface& sites, const Box& wanted) {
  const Box box = boxAround(sites.voxels);
  Field field{box, std::vector<double>(box.count(), kFar)};
  for (const Index3& site : sites.voxels) field.squared[box.offset(site)] = 0;
  for (std::size_t axis = 0; axis < 3; ++axis)
    field = sweep(field, axis, wanted, sites.grid.spacing[axis]);
  return field;
}

/// As NumPy's: linear between the two nearest order statistics.
double percentile95(std::vector<double> values) {
  const double rank = 0.95 * static_cast<double>(values.size() - 1);
  const auto below = values.begin() + static_cast<std::ptrdiff_t>(rank);
  std::nth_element(values.begin(), below, values.end());
  if (below + 1 == values.end()) return *below;
  const double above = *std::min_element(below + 1, values.end());
  return *below + (rank - std::floor(rank)) * (above - *below);
}

double directed95(const RegionSurface& from, const RegionSurface& to) {
  const Field field = squaredDistances(to, boxAround(from.voxels));
  std::vector<double> distances;
  distances.reserve(from.voxels.size());
  for (const Index3& voxel : from.voxels)
    distances.push_back(std::sqrt(field.squared[field.box.offset(voxel)]));
  return percentile95(std::move(distances));
}

}  // namespace

RegionSurface surfaceOf(const LabelVolume& labels, const Region& region) {
  const std::array<bool, 256> inside = membershipOf(region);
  RegionSurface surface{labels.grid, {}};
  const auto& size = labels.grid.size;
  const std::uint8_t* voxel = labels.voxels.data();
  const std::int64_t row = size[0];
  const std::int64_t slice = row * size[1];
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[0]; ++x, ++voxel) {
        if (!inside[*voxel]) continue;
        const bool edge =
            x == 0 || y == 0 || z == 0 || x + 1 == size[0] || y + 1 == size[1] || z + 1 == size[2];
        if (edge || !inside[voxel[-1]] || !inside[voxel[1]] || !inside[voxel[-row]] ||
            !inside[voxel[row]] || !inside[voxel[-slice]] || !inside[voxel[slice]])
          surface.voxels.push_back({x, y, z});
      }
  return surface;
}

double hausdorff95(const RegionSurface& predicted, const RegionSurface& truth) {
  if (!predicted.grid.matches(truth.grid))
    throw Error("The prediction and the expert's segmentation lie on different grids.");
  if (predicted.voxels.empty() && truth.voxels.empty()) return 0;
  if (predicted.voxels.empty() || truth.voxels.empty()) return truth.grid.diagonalMm();
  return std::max(directed95(predicted, truth), directed95(truth, predicted));
}

double hausdorff95(const LabelVolume& predicted, const LabelVolume& truth, const Region& region) {
  return hausdorff95(surfaceOf(predicted, region), surfaceOf(truth, region));
}

}  // namespace modascope
