#include "widgets/slices/painting/slice_place.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kLeastZoom = 0.25;
constexpr double kMostZoom = 40;

Vec3 centreOf(const VoxelGrid& grid) {
  return grid.toWorld({0.5 * static_cast<double>(grid.size[0] - 1),
                       0.5 * static_cast<double>(grid.size[1] - 1),
                       0.5 * static_cast<double>(grid.size[2] - 1)});
}

/// The index of the voxel nearest to `world`, inside the volume.
Vec3 nearestIndex(const VoxelGrid& grid, const Vec3& world) {
  Vec3 index = grid.toIndex(world);
  for (std::size_t axis = 0; axis < 3; ++axis) {
    index[axis] = std::clamp(std::round(index[axis]), 0.0,
                             std::max(0.0, static_cast<double>(grid.size[axis] - 1)));
  }
  return index;
}

Vec3 snapped(const VoxelGrid& grid, const Vec3& world) {
  return grid.toWorld(nearestIndex(grid, world));
}

}  // namespace

void SlicePlace::setGrid(const std::optional<VoxelGrid>& grid) {
  if (grid && !(grid_ && grid->matches(*grid_))) {
    crosshair_ = centreOf(*grid);
    frame_ = {};
    fitted_.reset();
  }
  grid_ = grid;
}

void SlicePlace::setPlane(Plane plane) {
  plane_ = plane;
  frame_ = {};
}

std::optional<std::int64_t> SlicePlace::slice() const {
  if (!grid_) return std::nullopt;
  return SliceGeometry(*grid_, plane_, convention_).sliceAt(crosshair_);
}

std::int64_t SlicePlace::sliceCount() const {
  return SliceGeometry(*grid_, plane_, convention_).sliceCount();
}

SliceSpec SlicePlace::spec() const {
  return {plane_, convention_, *slice()};
}

SliceGeometry SlicePlace::geometryIn(const QRectF& viewport) const {
  return geometryIn(viewport, frame_);
}

SliceGeometry SlicePlace::geometryIn(const QRectF& viewport, const ViewFrame& frame) const {
  SliceGeometry geometry(*grid_, plane_, convention_);
  if (fitted_) geometry.fitTo(*fitted_);
  geometry.place(viewport, frame);
  return geometry;
}

std::optional<Vec3> SlicePlace::worldAt(const QRectF& viewport, const QPointF& position) const {
  if (!grid_ || !viewport.contains(position)) return std::nullopt;
  const SliceGeometry geometry = geometryIn(viewport);
  if (!geometry.sliceRect().contains(position)) return std::nullopt;
  return geometry.toWorld(position, geometry.sliceAt(crosshair_));
}

std::optional<QPointF> SlicePlace::positionOf(const QRectF& viewport, const Vec3& worldMm) const {
  if (!grid_) return std::nullopt;
  return geometryIn(viewport).toScreen(worldMm);
}

Vec3 SlicePlace::voxelUnder(const QRectF& viewport, const QPointF& position) const {
  const SliceGeometry geometry = geometryIn(viewport);
  return snapped(*grid_, geometry.toWorld(position, geometry.sliceAt(crosshair_)));
}

Vec3 SlicePlace::stepped(int right, int down, int through) const {
  if (!grid_) return crosshair_;
  const ScreenAxes axes = screenAxes(plane_, convention_);
  Vec3 index = nearestIndex(*grid_, crosshair_);
  index[axes.right] += axes.rightFlipped ? -right : right;
  index[axes.down] += axes.downFlipped ? -down : down;
  index[axes.through] += through;
  return snapped(*grid_, grid_->toWorld(index));
}

ViewFrame SlicePlace::zoomed(const QRectF& viewport, const ViewFrame& from, const QPointF& position,
                             double factor) const {
  const SliceGeometry geometry = geometryIn(viewport, from);
  ViewFrame frame = from;
  frame.zoom = std::clamp(from.zoom * factor, kLeastZoom, kMostZoom);
  const double scale = geometry.scale() * frame.zoom / from.zoom;
  const QPointF offset = position - viewport.center();
  frame.panMm = from.panMm + offset / geometry.scale() - offset / scale;
  return frame;
}

ViewFrame SlicePlace::panned(const QRectF& viewport, const ViewFrame& from,
                             const QPointF& moved) const {
  return {from.zoom, from.panMm - moved / geometryIn(viewport).scale()};
}

}  // namespace modascope
