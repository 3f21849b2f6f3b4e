#pragma once

#include <QImage>
#include <array>
#include <cstddef>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_axes.h"

namespace modascope {

/// The voxels of one slice, addressed by screen column and row.
struct SliceWalk {
  int columns;
  int rows;
  std::ptrdiff_t start;  ///< offset of the voxel at the top left
  std::ptrdiff_t right;  ///< offset to the next column
  std::ptrdiff_t down;   ///< offset to the next row
};

inline SliceWalk walk(const VoxelGrid& grid, const SliceSpec& slice) {
  const ScreenAxes axes = screenAxes(slice.plane, slice.convention);
  const std::array<std::ptrdiff_t, 3> stride{1, grid.size[0], grid.size[0] * grid.size[1]};
  SliceWalk w{static_cast<int>(grid.size[axes.right]), static_cast<int>(grid.size[axes.down]),
              slice.index * stride[axes.through], stride[axes.right], stride[axes.down]};
  if (axes.rightFlipped) {
    w.start += (w.columns - 1) * w.right;
    w.right = -w.right;
  }
  if (axes.downFlipped) {
    w.start += (w.rows - 1) * w.down;
    w.down = -w.down;
  }
  return w;
}

inline bool holdsSlice(const VoxelGrid& grid, const SliceSpec& slice) {
  const std::size_t through = screenAxes(slice.plane, slice.convention).through;
  return grid.voxelCount() > 0 && slice.index >= 0 && slice.index < grid.size[through];
}

/// A picture of one pixel a voxel; `pixelOf(offset)` gives its premultiplied colour.
template <typename PixelOf>
QImage pictureOf(const VoxelGrid& grid, const SliceSpec& slice, const PixelOf& pixelOf) {
  if (!holdsSlice(grid, slice)) return {};
  const SliceWalk w = walk(grid, slice);
  QImage image(w.columns, w.rows, QImage::Format_ARGB32_Premultiplied);
  for (int row = 0; row < w.rows; ++row) {
    std::ptrdiff_t voxel = w.start + row * w.down;
    auto* out = reinterpret_cast<QRgb*>(image.scanLine(row));
    for (int column = 0; column < w.columns; ++column, voxel += w.right) {
      out[column] = pixelOf(static_cast<std::size_t>(voxel));
    }
  }
  return image;
}

}  // namespace modascope
