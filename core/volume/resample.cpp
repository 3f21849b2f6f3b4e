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

/// Voxels that fall on voxels: axis `axis` of the new grid runs along `along[axis]` of the old one,
/// forwards or backwards, and voxel 0 lies on `start`.
struct LatticeMap {
  std::array<std::size_t, 3> along{};
  std::array<std::int64_t, 3> sign{};
  std::array<std::int64_t, 3> start{};
};

constexpr double kOnVoxel = 0.01;  // of a voxel, over the whole length of an axis

std::optional<LatticeMap> latticeMap(const IndexMap& map, const VoxelGrid& to) {
  LatticeMap lattice;
  std::array<bool, 3> taken{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const double allowed = kOnVoxel / static_cast<double>(std::max<std::int64_t>(to.size[axis], 1));
    const Vec3& step = map.step[axis];
    std::size_t along = 0;
    for (std::size_t i = 1; i < 3; ++i) {
      if (std::abs(step[i]) > std::abs(step[along])) along = i;
    }
    for (std::size_t i = 0; i < 3; ++i) {
      const double ideal = i == along ? std::copysign(1.0, step[i]) : 0.0;
      if (!(std::abs(step[i] - ideal) <= allowed)) return std::nullopt;
    }
    if (taken[along]) return std::nullopt;
    taken[along] = true;
    lattice.along[axis] = along;
    lattice.sign[axis] = step[along] < 0 ? -1 : 1;
  }
  for (std::size_t i = 0; i < 3; ++i) {
    if (!(std::abs(map.start[i] - std::round(map.start[i])) <= kOnVoxel)) return std::nullopt;
    lattice.start[i] = std::llround(map.start[i]);
  }
  return lattice;
}

/// The part [first, end) of an axis of the new grid that lies inside the old one.
struct Span {
  std::int64_t first = 0;
  std::int64_t end = 0;
};

Span insideSpan(const LatticeMap& map, std::size_t axis, const VoxelGrid& to,
                const VoxelGrid& from) {
  const std::int64_t start = map.start[map.along[axis]];
  const std::int64_t length = from.size[map.along[axis]];
  Span span{map.sign[axis] > 0 ? -start : start - length + 1,
            map.sign[axis] > 0 ? length - start : start + 1};
  span.first = std::max<std::int64_t>(span.first, 0);
  span.end = std::min(span.end, to.size[axis]);
  return span;
}

template <typename T>
void copyLattice(const GridVolume<T>& source, const LatticeMap& map, GridVolume<T>& out) {
  const auto& size = source.grid.size;
  const std::array<std::int64_t, 3> strideOf{1, size[0], size[0] * size[1]};
  std::array<std::int64_t, 3> stride{};
  std::array<Span, 3> span;
  std::int64_t base = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    stride[axis] = map.sign[axis] * strideOf[map.along[axis]];
    base += map.start[axis] * strideOf[axis];
    span[axis] = insideSpan(map, axis, out.grid, source.grid);
  }
  for (std::int64_t z = span[2].first; z < span[2].end; ++z) {
    for (std::int64_t y = span[1].first; y < span[1].end; ++y) {
      const std::int64_t row = base + z * stride[2] + y * stride[1];
      for (std::int64_t x = span[0].first; x < span[0].end; ++x) {
        out.at(x, y, z) = source.voxels[static_cast<std::size_t>(row + x * stride[0])];
      }
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

/// A voxel reaches half a voxel beyond its centre; the little more forgives rounding.
bool inside(const Vec3& index, const VoxelGrid& grid) {
  constexpr double kRounding = 1e-6;
  for (std::size_t i = 0; i < 3; ++i) {
    if (!(index[i] >= -0.5 - kRounding)) return false;
    if (!(index[i] <= static_cast<double>(grid.size[i]) - 0.5 + kRounding)) return false;
  }
  return true;
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
  const auto nearest = [&](std::size_t axis) {
    return std::clamp<std::int64_t>(std::llround(index[axis]), 0, labels.grid.size[axis] - 1);
  };
  return labels.at(nearest(0), nearest(1), nearest(2));
}

template <typename T, typename SampleAt>
GridVolume<T> resample(const GridVolume<T>& source, const VoxelGrid& grid, SampleAt sampleAt) {
  GridVolume<T> out{grid, std::vector<T>(static_cast<std::size_t>(grid.voxelCount()), T{})};
  const IndexMap map = indexMap(grid, source.grid);
  if (const auto lattice = latticeMap(map, grid)) {
    copyLattice(source, *lattice, out);
  } else {
    fill(out, map, [&](const Vec3& index) { return sampleAt(source, index); });
  }
  return out;
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
  return resample(volume, grid, linearAt);
}

LabelVolume resampleNearest(const LabelVolume& labels, const VoxelGrid& grid) {
  return resample(labels, grid, nearestAt);
}

}  // namespace modascope
