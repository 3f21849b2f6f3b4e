#pragma once

#include <QPointF>
#include <QRectF>
#include <QString>
#include <QTransform>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/bridge/voxel_box.h"

namespace modascope {

/// How a plane is looked at; shared by linked views of any size. `zoom` 1 shows all of it.
struct ViewFrame {
  double zoom = 1;
  QPointF panMm{0, 0};  ///< what lies in the view's centre, from the middle, screen axes
  bool operator==(const ViewFrame&) const = default;
};

/// Letters (R, L, A, P, S, I) at the four sides of a plane.
struct SideLetters {
  QString left, right, top, bottom;
};

/// "axial"
QString nameOf(Plane plane);

/// Where the voxels of one slice lie on the screen: physical proportions, whatever the spacing.
class SliceGeometry {
 public:
  SliceGeometry(const VoxelGrid& grid, Plane plane, Convention convention);

  /// The part that zoom 1 shows; the whole volume unless told. May reach beyond it.
  void fitTo(const VoxelBox& box) { fitted_ = box; }
  /// Fits that part into `viewport` and applies `frame`.
  void place(const QRectF& viewport, const ViewFrame& frame);

  const ScreenAxes& axes() const { return axes_; }
  std::int64_t sliceCount() const { return grid_.size[axes_.through]; }
  /// The slice that holds `world`, clamped to the volume.
  std::int64_t sliceAt(const Vec3& world) const;
  /// Screen pixels per mm.
  double scale() const { return scale_; }
  /// Outer edges of the slice on the screen.
  QRectF sliceRect() const;
  /// From the pixels of the slice's pictures, one a voxel, to the screen.
  QTransform pixelsToScreen() const;
  /// World point under a screen position, in the plane of `slice`.
  Vec3 toWorld(const QPointF& screen, std::int64_t slice) const;
  QPointF toScreen(const Vec3& world) const;
  SideLetters letters() const;

 private:
  QSizeF extentMm(const VoxelBox& box) const;
  QPointF fittedCentreMm() const;

  VoxelGrid grid_;
  ScreenAxes axes_;
  VoxelBox fitted_;
  QPointF centre_;  ///< of the volume, on the screen
  double scale_ = 1;
};

}  // namespace modascope
