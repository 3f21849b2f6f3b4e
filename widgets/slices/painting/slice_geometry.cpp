#include "widgets/slices/painting/slice_geometry.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

/// The letter of the side of the patient that `direction` (LPS) points at most.
QString letterTowards(const Vec3& direction, bool backwards) {
  static constexpr std::array<const char*, 3> forward{"L", "P", "S"};
  static constexpr std::array<const char*, 3> backward{"R", "A", "I"};
  const auto most = std::max_element(direction.begin(), direction.end(),
                                     [](double a, double b) { return std::abs(a) < std::abs(b); });
  const auto axis = static_cast<std::size_t>(most - direction.begin());
  return QString::fromLatin1((*most > 0) != backwards ? forward[axis] : backward[axis]);
}

double middle(const VoxelGrid& grid, std::size_t axis) {
  return 0.5 * static_cast<double>(grid.size[axis] - 1);
}

}  // namespace

QString nameOf(Plane plane) {
  switch (plane) {
    case Plane::Coronal:
      return QCoreApplication::translate("SliceView", "coronal");
    case Plane::Sagittal:
      return QCoreApplication::translate("SliceView", "sagittal");
    case Plane::Axial:
      break;
  }
  return QCoreApplication::translate("SliceView", "axial");
}

SliceGeometry::SliceGeometry(const VoxelGrid& grid, Plane plane, Convention convention)
    : grid_(grid), axes_(screenAxes(plane, convention)), fitted_(wholeBox(grid)) {}

QSizeF SliceGeometry::extentMm(const VoxelBox& box) const {
  const auto extent = [&](std::size_t axis) {
    return static_cast<double>(box.high[axis] - box.low[axis] + 1) * grid_.spacing[axis];
  };
  return {extent(axes_.right), extent(axes_.down)};
}

QPointF SliceGeometry::fittedCentreMm() const {
  const auto offset = [this](std::size_t axis, bool flipped) {
    const double centre = 0.5 * static_cast<double>(fitted_.low[axis] + fitted_.high[axis]);
    const double mm = (centre - middle(grid_, axis)) * grid_.spacing[axis];
    return flipped ? -mm : mm;
  };
  return {offset(axes_.right, axes_.rightFlipped), offset(axes_.down, axes_.downFlipped)};
}

void SliceGeometry::place(const QRectF& viewport, const ViewFrame& frame) {
  const QSizeF extent = extentMm(fitted_);
  const double fit = std::min(viewport.width() / std::max(1e-9, extent.width()),
                              viewport.height() / std::max(1e-9, extent.height()));
  scale_ = std::max(1e-9, fit * frame.zoom);
  centre_ = viewport.center() - (frame.panMm + fittedCentreMm()) * scale_;
}

std::int64_t SliceGeometry::sliceAt(const Vec3& world) const {
  const double index = std::round(grid_.toIndex(world)[axes_.through]);
  return static_cast<std::int64_t>(
      std::clamp(index, 0.0, std::max(0.0, static_cast<double>(sliceCount() - 1))));
}

QRectF SliceGeometry::sliceRect() const {
  const QSizeF size = extentMm(wholeBox(grid_)) * scale_;
  return {centre_ - QPointF(0.5 * size.width(), 0.5 * size.height()), size};
}

QTransform SliceGeometry::pixelsToScreen() const {
  const QRectF slice = sliceRect();
  return QTransform(slice.width() / static_cast<double>(grid_.size[axes_.right]), 0, 0,
                    slice.height() / static_cast<double>(grid_.size[axes_.down]), slice.left(),
                    slice.top());
}

Vec3 SliceGeometry::toWorld(const QPointF& screen, std::int64_t slice) const {
  const QPointF mm = (screen - centre_) / scale_;
  const auto index = [this](double mm, std::size_t axis, bool flipped) {
    return middle(grid_, axis) + (flipped ? -mm : mm) / grid_.spacing[axis];
  };
  Vec3 at{0, 0, 0};
  at[axes_.right] = index(mm.x(), axes_.right, axes_.rightFlipped);
  at[axes_.down] = index(mm.y(), axes_.down, axes_.downFlipped);
  at[axes_.through] = static_cast<double>(slice);
  return grid_.toWorld(at);
}

QPointF SliceGeometry::toScreen(const Vec3& world) const {
  const Vec3 index = grid_.toIndex(world);
  const auto mm = [&](std::size_t axis, bool flipped) {
    const double along = (index[axis] - middle(grid_, axis)) * grid_.spacing[axis];
    return flipped ? -along : along;
  };
  return centre_ +
         scale_ * QPointF(mm(axes_.right, axes_.rightFlipped), mm(axes_.down, axes_.downFlipped));
}

SideLetters SliceGeometry::letters() const {
  const Vec3& right = grid_.direction[axes_.right];
  const Vec3& down = grid_.direction[axes_.down];
  return {letterTowards(right, !axes_.rightFlipped), letterTowards(right, axes_.rightFlipped),
          letterTowards(down, !axes_.downFlipped), letterTowards(down, axes_.downFlipped)};
}

}  // namespace modascope
