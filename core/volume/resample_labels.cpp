#include <algorithm>
#include <array>
#include <cmath>

#include "core/volume/footprint.h"
#include "core/volume/resample.h"
#include "core/volume/resample_parts.h"

namespace modascope {
namespace {

/// Adds up what the labels in a footprint have of it, and names the winner.
class Vote {
 public:
  void add(std::uint8_t label, double share) {
    if (label == 0) return;
    if (share_[label] == 0) voters_[count_++] = label;
    share_[label] += share;
    sum_ += share;
  }
  /// And forgets the votes. `all` is what a whole footprint has.
  std::uint8_t winner(double all = 1) {
    const double rounding = 1e-6 * all;
    std::uint8_t best = 0;
    double most = all - sum_;
    for (std::size_t i = 0; i < count_; ++i) {
      const std::uint8_t label = voters_[i];
      const double share = share_[label];
      if (share > most + rounding || (share > most - rounding && label > best)) {
        most = share;
        best = label;
      }
      share_[label] = 0;
    }
    count_ = 0;
    sum_ = 0;
    return best;
  }

 private:
  std::array<double, 256> share_{};
  std::array<std::uint8_t, 256> voters_{};
  std::size_t count_ = 0;
  double sum_ = 0;
};

/// First and one past the last index along each axis at which a label lies.
std::array<std::array<std::int64_t, 2>, 3> labelledBox(const LabelVolume& labels) {
  const auto& size = labels.grid.size;
  std::array<std::array<std::int64_t, 2>, 3> box{{{size[0], 0}, {size[1], 0}, {size[2], 0}}};
  const auto isLabel = [](std::uint8_t label) { return label != 0; };
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y) {
      const auto* row = labels.voxels.data() + labels.grid.offset(0, y, z);
      const auto first = std::find_if(row, row + size[0], isLabel) - row;
      if (first == size[0]) continue;
      std::int64_t last = size[0];
      while (row[last - 1] == 0) --last;
      box[0] = {std::min<std::int64_t>(box[0][0], first), std::max(box[0][1], last)};
      box[1] = {std::min(box[1][0], y), std::max(box[1][1], y + 1)};
      box[2] = {std::min(box[2][0], z), std::max(box[2][1], z + 1)};
    }
  return box;
}

/// The voxels of a new axis whose footprints reach labels.
struct Reached {
  std::int64_t at;
  Footprint footprint;
};

std::vector<Reached> reached(const AxisMap& map, std::int64_t count, std::int64_t length,
                             const std::array<std::int64_t, 2>& labelled) {
  std::vector<Reached> all;
  const std::vector<Footprint> footprints = exactFootprints(map, count, length);
  for (std::int64_t i = 0; i < count; ++i) {
    const Footprint& footprint = footprints[static_cast<std::size_t>(i)];
    const auto end = footprint.first + static_cast<std::int64_t>(footprint.shares.size());
    if (footprint.first < labelled[1] && end > labelled[0]) all.push_back({i, footprint});
  }
  return all;
}

LabelVolume votesOnParallelGrid(const LabelVolume& labels, const AxisMaps& axes,
                                const VoxelGrid& grid) {
  LabelVolume out = zerosOn<std::uint8_t>(grid);
  const auto box = labelledBox(labels);
  std::array<std::vector<Reached>, 3> along;
  Strides stride{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    const std::size_t source = axes[axis].along;
    along[axis] = reached(axes[axis], grid.size[axis], labels.grid.size[source], box[source]);
    stride[axis] = stridesOf(labels.grid.size)[source];
  }
  Vote vote;
  const auto winner = [&](const Footprint& x, const Footprint& y, const Footprint& z) {
    const auto* plane =
        labels.voxels.data() + x.first * stride[0] + y.first * stride[1] + z.first * stride[2];
    for (const double shareZ : z.shares) {
      const auto* row = plane;
      for (const double shareY : y.shares) {
        const auto* voxel = row;
        for (const double shareX : x.shares) {
          vote.add(*voxel, shareX * shareY * shareZ);
          voxel += stride[0];
        }
        row += stride[1];
      }
      plane += stride[2];
    }
    return vote.winner();
  };
  for (const Reached& z : along[2])
    for (const Reached& y : along[1])
      for (const Reached& x : along[0])
        out.at(x.at, y.at, z.at) = winner(x.footprint, y.footprint, z.footprint);
  return out;
}

std::uint8_t nearestAt(const LabelVolume& labels, const Vec3& index) {
  std::array<std::int64_t, 3> at{};
  for (std::size_t i = 0; i < 3; ++i)
    at[i] = std::clamp<std::int64_t>(std::llround(index[i]), 0, labels.grid.size[i] - 1);
  return labels.at(at[0], at[1], at[2]);
}

LabelVolume votesOnTurnedGrid(const LabelVolume& labels, const IndexMap& map,
                              const VoxelGrid& grid) {
  LabelVolume out = zerosOn<std::uint8_t>(grid);
  const std::vector<Vec3> places = placesIn(map, 2);
  Vote vote;
  forEach(out, [&](std::int64_t x, std::int64_t y, std::int64_t z, std::uint8_t& voxel) {
    const Vec3 centre = map.at({double(x), double(y), double(z)});
    if (!isInside(centre, labels.grid)) return;
    for (const Vec3& place : places) {
      const Vec3 index = sum(centre, place);
      if (isInside(index, labels.grid)) vote.add(nearestAt(labels, index), 1);
    }
    voxel = vote.winner(static_cast<double>(places.size()));
  });
  return out;
}

}  // namespace

LabelVolume resampleLabels(const LabelVolume& labels, const VoxelGrid& grid) {
  const IndexMap map = indexMap(grid, labels.grid);
  const auto axes = parallelAxes(map, grid);
  if (!axes) return votesOnTurnedGrid(labels, map, grid);
  if (!onVoxels(*axes, grid)) return votesOnParallelGrid(labels, *axes, grid);
  LabelVolume out = zerosOn<std::uint8_t>(grid);
  copyVoxels(labels, *axes, out);
  return out;
}

}  // namespace modascope
