#include "core/volume/resample.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "core/volume/footprint.h"
#include "core/volume/index_map.h"
#include "core/volume/resample_parts.h"

namespace modascope {
namespace {

/// Voxels while their axes are resampled one after another, x fastest.
struct Block {
  std::array<std::int64_t, 3> size{};
  std::vector<float> voxels;
};

void addScaled(const float* from, float weight, std::int64_t count, float* to) {
  for (std::int64_t i = 0; i < count; ++i) to[i] += weight * from[i];
}

Block resampledAlong(const std::vector<float>& from, const std::array<std::int64_t, 3>& size,
                     std::size_t axis, const std::vector<Footprint>& footprints) {
  Block to{size, {}};
  to.size[axis] = static_cast<std::int64_t>(footprints.size());
  to.voxels.assign(static_cast<std::size_t>(to.size[0] * to.size[1] * to.size[2]), 0.0f);
  const std::int64_t inner = stridesOf(size)[axis];
  const std::int64_t outer = static_cast<std::int64_t>(from.size()) / inner / size[axis];
  float* out = to.voxels.data();
  for (std::int64_t o = 0; o < outer; ++o)
    for (const Footprint& footprint : footprints) {
      const float* in = from.data() + (o * size[axis] + footprint.first) * inner;
      for (const double share : footprint.shares) {
        addScaled(in, static_cast<float>(share), inner, out);
        in += inner;
      }
      out += inner;
    }
  return to;
}

/// The new axes, the most shortening first, so that the rest has less to do; of equals the one
/// whose voxels lie farthest apart, whose rows are added whole.
std::array<std::size_t, 3> orderOf(const AxisMaps& axes) {
  std::array<std::size_t, 3> order{0, 1, 2};
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    const auto rank = [&](std::size_t axis) {
      return std::pair(-std::llround(1000 * std::abs(axes[axis].step)),
                       -static_cast<int>(axes[axis].along));
    };
    return rank(a) < rank(b);
  });
  return order;
}

/// Axes in the order of the source; the result in the order of `grid`.
Volume meansOnParallelGrid(const Volume& volume, const AxisMaps& axes, const VoxelGrid& grid) {
  Block block;
  for (const std::size_t axis : orderOf(axes)) {
    const AxisMap& map = axes[axis];
    const auto footprints = meanFootprints(map, grid.size[axis], volume.grid.size[map.along]);
    const bool isFirst = block.voxels.empty();
    block = resampledAlong(isFirst ? volume.voxels : block.voxels,
                           isFirst ? volume.grid.size : block.size, map.along, footprints);
  }
  Strides stride{};
  for (std::size_t axis = 0; axis < 3; ++axis)
    stride[axis] = stridesOf(block.size)[axes[axis].along];
  if (stride == stridesOf(grid.size)) return {grid, std::move(block.voxels)};
  Volume out = zerosOn<float>(grid);
  forEach(out, [&](std::int64_t x, std::int64_t y, std::int64_t z, float& voxel) {
    voxel = block.voxels[static_cast<std::size_t>(x * stride[0] + y * stride[1] + z * stride[2])];
  });
  return out;
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

double linearAt(const Volume& volume, const Vec3& index) {
  const auto [x0, x1, wx] = neighbours(index[0], volume.grid.size[0]);
  const auto [y0, y1, wy] = neighbours(index[1], volume.grid.size[1]);
  const auto [z0, z1, wz] = neighbours(index[2], volume.grid.size[2]);
  const auto mix = [](double a, double b, double weight) { return a + (b - a) * weight; };
  const auto row = [&, x0 = x0, x1 = x1, wx = wx](std::int64_t y, std::int64_t z) {
    return mix(volume.at(x0, y, z), volume.at(x1, y, z), wx);
  };
  return mix(mix(row(y0, z0), row(y1, z0), wy), mix(row(y0, z1), row(y1, z1), wy), wz);
}

Volume meansOnTurnedGrid(const Volume& volume, const IndexMap& map, const VoxelGrid& grid) {
  Volume out = zerosOn<float>(grid);
  const std::vector<Vec3> places = placesIn(map, 1);
  forEach(out, [&](std::int64_t x, std::int64_t y, std::int64_t z, float& voxel) {
    const Vec3 centre = map.at({double(x), double(y), double(z)});
    if (!isInside(centre, volume.grid)) return;
    double total = 0;
    int inside = 0;
    for (const Vec3& place : places) {
      const Vec3 index = sum(centre, place);
      if (!isInside(index, volume.grid)) continue;
      total += linearAt(volume, index);
      ++inside;
    }
    if (inside > 0) voxel = static_cast<float>(total / inside);
  });
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

Volume resampleImage(const Volume& volume, const VoxelGrid& grid) {
  const IndexMap map = indexMap(grid, volume.grid);
  const auto axes = parallelAxes(map, grid);
  if (!axes) return meansOnTurnedGrid(volume, map, grid);
  if (!onVoxels(*axes, grid)) return meansOnParallelGrid(volume, *axes, grid);
  Volume out = zerosOn<float>(grid);
  copyVoxels(volume, *axes, out);
  return out;
}

}  // namespace modascope
