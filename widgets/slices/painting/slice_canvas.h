#pragma once

#include <QPixmap>

#include "widgets/slices/painting/slice_content.h"
#include "widgets/slices/painting/slice_place.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// Draws a slice at its place, its marks over it; without a volume a calm panel. Keeps what lies
/// beneath the marks, so that the crosshair moves lightly.
class SliceCanvas {
 public:
  void setState(TileState state);
  TileState state() const { return state_; }
  void setCrosshairVisible(bool visible) { crosshairVisible_ = visible; }
  bool isCrosshairVisible() const { return crosshairVisible_; }
  /// More than the marks has changed.
  void forget() { ground_ = {}; }

  void paint(QPainter& painter, const QRectF& viewport, const SliceContent& content,
             const SlicePlace& place) const;
  /// The same from what was kept.
  void paintKept(QPainter& painter, const QRectF& viewport, const SliceContent& content,
                 const SlicePlace& place);

 private:
  SliceMarks marks(const SliceContent& content, const SlicePlace& place,
                   const SliceGeometry& geometry) const;

  TileState state_ = TileState::On;
  bool crosshairVisible_ = true;
  QPixmap ground_;  ///< the slice without its marks
};

}  // namespace modascope
