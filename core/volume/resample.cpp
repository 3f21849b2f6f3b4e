#include "core/volume/resample.h"

#include <algorithm>
#include <cmath>
#include <optional>

namespace modascope {
namespace {

/// Index on one grid → continuous index on another: from = start + Σ step[axis] · to[axis].
struct IndexMap {
  Vec3 start{};
  std::array<Vec3, 3> step{};
};

IndexMap indexMap(const VoxelGrid& to, const VoxelGrid& from) {
  IndexMap map;
  map.start = from.toIndex(to.origin);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    Vec3 unit{};
    unit[axis] = 1;
    const Vec3 next = from.toIndex(to.toWorld(unit));
    for (std::size_t i = 0; i < 3; ++i) map.step[axis][i] = next[i] - map.start[i];
  }
  return map;
}

/// An axis of the new grid that runs along one axis of the old one: index = start + step · i.
struct AxisMap {
  std::size_t along = 0;
  double start = 0;
  double step = 0;
};
using AxisMaps = std::array<AxisMap, 3>;

constexpr double kOnVoxel = 0.01;  // of a voxel, over the whole length of an axis

/// Nothing where the grids are turned against each other.
std::optional<AxisMaps> parallelAxes(const IndexMap& map, const VoxelGrid& to) {
  AxisMaps axes;
  std::array<bool, 3> taken{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double allowed = kOnVoxel / static_cast<double>(std::max<std::int64_t>(to.size[axis], 1));
    const Vec3& step = map.step[axis];
    std::size_t along = 0;
    for (std::size_t i = 1; i < 3; ++i)
      if (std::abs(step[i]) > std::abs(step[along])) along = i;
    for (std::size_t i = 0; i < 3; ++i)
      if (i != along && !(std::abs(step[i]) <= allowed)) return std::nullopt;
    if (taken[along]) return std::nullopt;
    taken[along] = true;
    axes[axis] = {along, map.start[along], step[along]};
  }
  return axes;
}

/// Whether voxels fall on voxels.
bool onVoxels(const AxisMaps& axes, const VoxelGrid& to) {
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double allowed = kOnVoxel / static_cast<double>(std::max<std::int64_t>(to.size[axis], 1));
    if (!(std::abs(std::abs(axes[axis].step) - 1) <= allowed)) return false;
    if (!(std::abs(axes[axis].start - std::round(axes[axis].start)) <= kOnVoxel)) return false;
  }
  return true;
}

/// A voxel reaches half a voxel beyond its centre; the little more forgives rounding.
bool inside(double index, std::int64_t length) {
  constexpr double kRounding = 1e-6;
  return index >= -0.5 - kRounding && index <= static_cast<double>(length) - 0.5 + kRounding;
}

bool inside(const Vec3& index, const VoxelGrid& grid) {
  return inside(index[0], grid.size[0]) && inside(index[1], grid.size[1]) &&
         inside(index[2], grid.size[2]);
}

std::int64_t nearest(double index, std::int64_t length) {
  return std::clamp<std::int64_t>(std::llround(index), 0, length - 1);
}

/// For every index along an axis of the new grid what its nearest voxel adds to the offset in the
/// old one; −1 outside.
std::vector<std::int64_t> offsetsAlong(const AxisMap& map, std::int64_t count,
                                       const VoxelGrid& from) {
  const std::array<std::int64_t, 3> stride{1, from.size[0], from.size[0] * from.size[1]};
  const std::int64_t length = from.size[map.along];
  std::vector<std::int64_t> offsets;
  for (std::int64_t i = 0; i < count; ++i) {
    const double index = map.start + map.step * static_cast<double>(i);
    offsets.push_back(inside(index, length) ? nearest(index, length) * stride[map.along] : -1);
  }
  return offsets;
}

/// Each voxel of `out`, zero so far, from the nearest of `source`. Rows and planes that come from
/// the same place as the one before are copied from that.
template <typename T>
void copyNearest(const GridVolume<T>& source, const AxisMaps& axes, GridVolume<T>& out) {
  const auto& size = out.grid.size;
  std::array<std::vector<std::int64_t>, 3> from;
  for (std::size_t axis = 0; axis < 3; ++axis)
    from[axis] = offsetsAlong(axes[axis], size[axis], source.grid);
  const auto fillRow = [&](std::int64_t offset, T* row) {
    for (std::int64_t x = 0; x < size[0]; ++x)
      if (from[0][x] >= 0) row[x] = source.voxels[static_cast<std::size_t>(offset + from[0][x])];
  };
  const std::int64_t plane = size[0] * size[1];
  for (std::int64_t z = 0; z < size[2]; ++z) {
    if (from[2][z] < 0) continue;
    T* first = out.voxels.data() + z * plane;
    if (z > 0 && from[2][z] == from[2][z - 1]) {
      std::copy(first - plane, first, first);
      continue;
    }
    for (std::int64_t y = 0; y < size[1]; ++y) {
      T* row = first + y * size[0];
      if (from[1][y] < 0) continue;
      if (y > 0 && from[1][y] == from[1][y - 1])
        std::copy(row - size[0], row, row);
      else
        fillRow(from[2][z] + from[1][y], row);
    }
  }
}

/// Calls `sample(index)` for every voxel of `out`, with its continuous index in the source.
template <typename T, typename Sample>
void fill(GridVolume<T>& out, const IndexMap& map, Sample sample) {
  const auto& size = out.grid.size;
  for (std::int64_t z = 0; z < size[2]; ++z) {
    for (std::int64_t y = 0; y < size[1]; ++y) {
      for (std::int64_t x = 0; x < size[0]; ++x) {
        Vec3 index = map.start;
        for (std::size_t i = 0; i < 3; ++i) {
          index[i] += map.step[0][i] * static_cast<double>(x) +
                      map.step[1][i] * static_cast<double>(y) +
                      map.step[2][i] * static_cast<double>(z);
        }
        out.at(x, y, z) = sample(index);
      }
    }
  }
}

/// The two voxels beside a coordinate and the weight of the second.
struct Neighbours {
  std::int64_t low;
  std::int64_t high;
  double weight;
};

Neighbours neighbours(double coordinate, std::int64_t length) {
  const double clamped = std::clamp(coordinate, 0.0, static_cast<double>(length - 1));
  const auto low = static_cast<std::int64_t>(clamped);
  return {low, std::min(low + 1, length - 1), clamped - static_cast<double>(low)};
}

float linearAt(const Volume& volume, const Vec3& index) {
  if (!inside(index, volume.grid)) return 0.0f;
  const auto [x0, x1, wx] = neighbours(index[0], volume.grid.size[0]);
  const auto [y0, y1, wy] = neighbours(index[1], volume.grid.size[1]);
  const auto [z0, z1, wz] = neighbours(index[2], volume.grid.size[2]);
  const auto mix = [](double a, double b, double weight) { return a + (b - a) * weight; };
  const auto row = [&, x0 = x0, x1 = x1, wx = wx](std::int64_t y, std::int64_t z) {
    return mix(volume.at(x0, y, z), volume.at(x1, y, z), wx);
  };
  return static_cast<float>(
      mix(mix(row(y0, z0), row(y1, z0), wy), mix(row(y0, z1), row(y1, z1), wy), wz));
}

std::uint8_t nearestAt(const LabelVolume& labels, const Vec3& index) {
  if (!inside(index, labels.grid)) return 0;
  const auto& size = labels.grid.size;
  return labels.at(nearest(index[0], size[0]), nearest(index[1], size[1]),
                   nearest(index[2], size[2]));
}

template <typename T>
GridVolume<T> zerosOn(const VoxelGrid& grid) {
  return {grid, std::vector<T>(static_cast<std::size_t>(grid.voxelCount()), T{})};
}

}  // namespace

VoxelGrid reorientedGrid(const VoxelGrid& grid) {
  std::array<std::size_t, 3> order{0, 1, 2};
  std::array<std::size_t, 3> best = order;
  double bestFit = -1;
  do {
    double fit = 0;
    for (std::size_t world = 0; world < 3; ++world) {
      fit += std::abs(grid.direction[order[world]][world]);
    }
    if (fit > bestFit + 1e-9) {
      bestFit = fit;
      best = order;
    }
  } while (std::next_permutation(order.begin(), order.end()));

  VoxelGrid result;
  Vec3 firstVoxel{};
  for (std::size_t world = 0; world < 3; ++world) {
    const std::size_t axis = best[world];
    const bool flipped = grid.direction[axis][world] < 0;
    result.size[world] = grid.size[axis];
    result.spacing[world] = grid.spacing[axis];
    for (std::size_t i = 0; i < 3; ++i) {
      result.direction[world][i] = (flipped ? -1.0 : 1.0) * grid.direction[axis][i] + 0.0;
    }
    if (flipped) firstVoxel[axis] = static_cast<double>(grid.size[axis] - 1);
  }
  result.origin = grid.toWorld(firstVoxel);
  return result;
}

VoxelGrid respacedGrid(const VoxelGrid& grid, const Vec3& spacing) {
  VoxelGrid result = grid;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double extent = static_cast<double>(grid.size[axis]) * grid.spacing[axis];
    result.size[axis] = std::max<std::int64_t>(1, std::llround(extent / spacing[axis]));
    result.spacing[axis] = spacing[axis];
    const double shift = (spacing[axis] - grid.spacing[axis]) / 2;
    for (std::size_t i = 0; i < 3; ++i) result.origin[i] += grid.direction[axis][i] * shift;
  }
  return result;
}

Volume resampleLinear(const Volume& volume, const VoxelGrid& grid) {
  Volume out = zerosOn<float>(grid);
  const IndexMap map = indexMap(grid, volume.grid);
  const auto axes = parallelAxes(map, grid);
  if (axes && onVoxels(*axes, grid))
    copyNearest(volume, *axes, out);
  else
    fill(out, map, [&](const Vec3& index) { return linearAt(volume, index); });
  return out;
}

LabelVolume resampleNearest(const LabelVolume& labels, const VoxelGrid& grid) {
  LabelVolume out = zerosOn<std::uint8_t>(grid);
  const IndexMap map = indexMap(grid, labels.grid);
  if (const auto axes = parallelAxes(map, grid))
    copyNearest(labels, *axes, out);
  else
    fill(out, map, [&](const Vec3& index) { return nearestAt(labels, index); });
  return out;
}

}  // namespace modascope
