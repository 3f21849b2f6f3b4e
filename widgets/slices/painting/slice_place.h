#pragma once

#include <optional>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/slice_geometry.h"

namespace modascope {

/// Which slice of a grid is looked at and how it is placed on the screen, and where a step, a zoom
/// or a pan from there leads to. What is asked with a viewport needs a grid, unless it may answer
/// nothing.
class SlicePlace {
 public:
  /// On another grid than before: its centre and all of it. Nothing: nowhere.
  void setGrid(const std::optional<VoxelGrid>& grid);
  bool hasGrid() const { return grid_.has_value(); }
  /// All of it.
  void setPlane(Plane plane);
  Plane plane() const { return plane_; }
  void setConvention(Convention convention) { convention_ = convention; }
  void setCrosshair(const Vec3& worldMm) { crosshair_ = worldMm; }
  const Vec3& crosshair() const { return crosshair_; }
  /// What zoom 1 shows, in voxels; nothing: the whole volume.
  void setFitted(std::optional<VoxelBox> box) { fitted_ = box; }
  void setFrame(const ViewFrame& frame) { frame_ = frame; }
  const ViewFrame& frame() const { return frame_; }

  /// Slice of the crosshair, from 0; nothing without a grid.
  std::optional<std::int64_t> slice() const;
  /// What follows is asked with a grid.
  std::int64_t sliceCount() const;
  SliceSpec spec() const;
  SliceGeometry geometryIn(const QRectF& viewport) const;
  /// World point under a position; nothing outside the slice or without a grid.
  std::optional<Vec3> worldAt(const QRectF& viewport, const QPointF& position) const;
  /// Nothing without a grid.
  std::optional<QPointF> positionOf(const QRectF& viewport, const Vec3& worldMm) const;

  /// Centre of the voxel nearest to a position, inside the volume.
  Vec3 voxelUnder(const QRectF& viewport, const QPointF& position) const;
  /// Centre of the voxel that many voxels from the crosshair, as seen on the screen, inside the
  /// volume; without a grid the crosshair.
  Vec3 stepped(int right, int down, int through) const;
  /// `from`, zoomed so that the point under `position` stays where it is.
  ViewFrame zoomed(const QRectF& viewport, const ViewFrame& from, const QPointF& position,
                   double factor) const;
  /// `from`, with the picture taken along by `moved` pixels.
  ViewFrame panned(const QRectF& viewport, const ViewFrame& from, const QPointF& moved) const;

 private:
  SliceGeometry geometryIn(const QRectF& viewport, const ViewFrame& frame) const;

  std::optional<VoxelGrid> grid_;
  Plane plane_ = Plane::Axial;
  Convention convention_ = Convention::Radiological;
  Vec3 crosshair_{0, 0, 0};
  std::optional<VoxelBox> fitted_;
  ViewFrame frame_;
};

}  // namespace modascope
