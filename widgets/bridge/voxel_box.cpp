#include "widgets/bridge/voxel_box.h"

#include <algorithm>

namespace modascope {
namespace {

template <typename T>
std::optional<VoxelBox> boxOf(const GridVolume<T>& volume) {
  const auto& size = volume.grid.size;
  const auto filled = [](T value) { return value != T{0}; };
  VoxelBox box{size, {-1, -1, -1}};
  const T* row = volume.voxels.data();
  for (std::int64_t z = 0; z < size[2]; ++z) {
    for (std::int64_t y = 0; y < size[1]; ++y, row += size[0]) {
      const T* end = row + size[0];
      const T* first = std::find_if(row, end, filled);
      if (first == end) continue;
      const T* last = end - 1;
      while (!filled(*last)) --last;
      box.low = {std::min<std::int64_t>(box.low[0], first - row), std::min(box.low[1], y),
                 std::min(box.low[2], z)};
      box.high = {std::max<std::int64_t>(box.high[0], last - row), std::max(box.high[1], y),
                  std::max(box.high[2], z)};
    }
  }
  if (box.high[0] < 0) return std::nullopt;
  return box;
}

}  // namespace

VoxelBox wholeBox(const VoxelGrid& grid) {
  return {{0, 0, 0}, {grid.size[0] - 1, grid.size[1] - 1, grid.size[2] - 1}};
}

std::optional<VoxelBox> contentBox(const Volume& volume) {
  return boxOf(volume);
}
std::optional<VoxelBox> contentBox(const LabelVolume& labels) {
  return boxOf(labels);
}

}  // namespace modascope
