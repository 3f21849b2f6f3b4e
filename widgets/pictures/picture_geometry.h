#pragma once

#include <QPoint>
#include <QPointF>
#include <QRect>
#include <QRectF>
#include <QSize>
#include <QTransform>
#include <optional>
#include <vector>

namespace modascope {

/// How a picture is looked at; shared by linked views of any size. `zoom` 1 shows all of it.
struct PictureFrame {
  double zoom = 1;
  QPointF pan{0, 0};  ///< what lies in the view's centre, from the picture's middle, in its pixels
  bool operator==(const PictureFrame&) const = default;
};

/// Where the pixels of a picture lie on the screen.
class PictureGeometry {
 public:
  PictureGeometry(const QSize& picture, const QRectF& viewport, const PictureFrame& frame);

  /// Screen pixels per pixel of the picture.
  double scale() const { return scale_; }
  /// The whole picture on the screen.
  QRectF rect() const;
  QTransform pixelsToScreen() const;
  /// Nothing beside the picture.
  std::optional<QPoint> pixelAt(const QPointF& screen) const;
  /// Beside the picture the nearest.
  QPoint nearestPixel(const QPointF& screen) const;
  /// The middle of a pixel.
  QPointF centreOf(const QPoint& pixel) const;
  /// The frame that is `factor` times as large, where the point under `screen` stays.
  PictureFrame zoomed(const QPointF& screen, double factor) const;

 private:
  QSize picture_;
  QRectF viewport_;
  PictureFrame frame_;
  double scale_;
};

/// `count` places of equal size in `area`, so that pictures under strips of height `strip` come out
/// as large as can be.
std::vector<QRect> picturePlaces(int count, const QRect& area, const QSize& picture, int strip);

}  // namespace modascope
