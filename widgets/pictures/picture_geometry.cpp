#include "widgets/pictures/picture_geometry.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kLeastZoom = 0.25;
constexpr double kMostZoom = 60;
constexpr int kGap = 2;

double fitting(const QSizeF& picture, const QSizeF& room) {
  if (picture.isEmpty()) return 1;
  return std::max(1e-3, std::min(room.width() / picture.width(), room.height() / picture.height()));
}

}  // namespace

PictureGeometry::PictureGeometry(const QSize& picture, const QRectF& viewport,
                                 const PictureFrame& frame)
    : picture_(picture),
      viewport_(viewport),
      frame_(frame),
      scale_(fitting(picture, viewport.size()) * frame.zoom) {}

QRectF PictureGeometry::rect() const {
  const QSizeF size = QSizeF(picture_) * scale_;
  const QPointF middle = viewport_.center() - frame_.pan * scale_;
  return {middle - QPointF(size.width(), size.height()) / 2, size};
}

QTransform PictureGeometry::pixelsToScreen() const {
  const QPointF corner = rect().topLeft();
  return QTransform::fromTranslate(corner.x(), corner.y()).scale(scale_, scale_);
}

std::optional<QPoint> PictureGeometry::pixelAt(const QPointF& screen) const {
  const QPointF at = (screen - rect().topLeft()) / scale_;
  const QPoint pixel(static_cast<int>(std::floor(at.x())), static_cast<int>(std::floor(at.y())));
  return QRect({0, 0}, picture_).contains(pixel) ? std::optional(pixel) : std::nullopt;
}

QPoint PictureGeometry::nearestPixel(const QPointF& screen) const {
  const QPointF at = (screen - rect().topLeft()) / scale_;
  const auto within = [](double value, int size) {
    return std::clamp(static_cast<int>(std::floor(value)), 0, std::max(0, size - 1));
  };
  return {within(at.x(), picture_.width()), within(at.y(), picture_.height())};
}

QPointF PictureGeometry::centreOf(const QPoint& pixel) const {
  return rect().topLeft() + (QPointF(pixel) + QPointF(0.5, 0.5)) * scale_;
}

PictureFrame PictureGeometry::zoomed(const QPointF& screen, double factor) const {
  PictureFrame frame = frame_;
  frame.zoom = std::clamp(frame_.zoom * factor, kLeastZoom, kMostZoom);
  const QPointF offset = screen - viewport_.center();
  frame.pan += offset / scale_ - offset / (scale_ * frame.zoom / frame_.zoom);
  return frame;
}

std::vector<QRect> picturePlaces(int count, const QRect& area, const QSize& picture, int strip) {
  std::vector<QRect> best;
  double largest = -1;
  for (int columns = 1; columns <= count; ++columns) {
    const int rows = (count + columns - 1) / columns;
    const QSize size((area.width() - kGap * (columns - 1)) / columns,
                     (area.height() - kGap * (rows - 1)) / rows);
    const double scale = fitting(picture, size - QSize(0, strip));
    if (scale <= largest) continue;
    largest = scale;
    best.clear();
    for (int i = 0; i < count; ++i)
      best.emplace_back(area.topLeft() + QPoint(i % columns * (size.width() + kGap),
                                                i / columns * (size.height() + kGap)),
                        size);
  }
  return best;
}

}  // namespace modascope
