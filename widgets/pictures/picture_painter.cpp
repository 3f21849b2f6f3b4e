#include "widgets/pictures/picture_painter.h"

#include <QPainter>
#include <algorithm>
#include <array>

#include "widgets/bridge/class_palette.h"
#include "widgets/slices/painting/slice_legend.h"

namespace modascope {
namespace {

constexpr double kHardFrom = 3;  ///< times as large, pixels are what one wants to see

enum class Enlarged { Smoothly, Hard };

/// Made small by averaging, so that thin things do not fall between the screen's pixels.
void drawScaled(QPainter& painter, const PicturePlace& place, const QImage& image,
                Enlarged enlarged = Enlarged::Hard) {
  const QRectF target = place.geometry.rect();
  const double dpr = painter.device()->devicePixelRatioF();
  const double scale = place.geometry.scale() * dpr;
  if (scale >= 1) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform,
                          enlarged == Enlarged::Smoothly && scale < kHardFrom);
    painter.drawImage(target, image);
    return;
  }
  const QSize size = (target.size() * dpr).toSize().expandedTo({1, 1});
  painter.drawImage(target, image.scaled(size, Qt::IgnoreAspectRatio, Qt::SmoothTransformation));
}

void paintHatching(QPainter& painter, const QRectF& viewport) {
  painter.fillRect(viewport, QColor(0, 0, 0, 140));
  painter.setPen(QPen(QColor(200, 200, 200, 70), 1));
  constexpr double step = 14;
  for (double x = viewport.left() - viewport.height(); x < viewport.right(); x += step)
    painter.drawLine(QPointF(x, viewport.bottom()), QPointF(x + viewport.height(), viewport.top()));
}

/// Fills what `mask` covers with a pattern that does not grow with the zoom.
void paintMask(QPainter& painter, const PicturePlace& place, const QImage& mask,
               const QBrush& brush) {
  if (mask.isNull()) return;
  const double dpr = painter.device()->devicePixelRatioF();
  QImage layer((place.viewport.size() * dpr).toSize(), QImage::Format_ARGB32_Premultiplied);
  layer.setDevicePixelRatio(dpr);
  layer.fill(Qt::transparent);
  QPainter patch(&layer);
  patch.translate(-place.viewport.topLeft());
  drawScaled(patch, place, mask);
  patch.setCompositionMode(QPainter::CompositionMode_SourceIn);
  patch.fillRect(place.viewport, brush);
  patch.end();
  painter.drawImage(place.viewport.topLeft(), layer);
}

/// A dark rim first, so that they are seen over their own colour.
void paintLines(QPainter& painter, const PicturePlace& place,
                const std::vector<ClassLines>& classes) {
  painter.save();
  painter.setTransform(place.geometry.pixelsToScreen(), true);
  const auto draw = [&](const QColor& colour, double width, const QList<QLineF>& lines) {
    QPen pen(colour, width);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(lines);
  };
  for (const ClassLines& each : classes) draw(QColor(0, 0, 0, 150), 3, each.lines);
  for (const ClassLines& each : classes) draw(classColour(each.which), 1.4, each.lines);
  painter.restore();
}

}  // namespace

void paintPicture(QPainter& painter, const PicturePlace& place, const QImage& image, bool leftOut) {
  painter.save();
  painter.setClipRect(place.viewport, Qt::IntersectClip);
  painter.fillRect(place.viewport, Qt::black);
  drawScaled(painter, place, image, Enlarged::Smoothly);
  if (leftOut) paintHatching(painter, place.viewport);
  painter.restore();
}

void paintLayers(QPainter& painter, const PicturePlace& place, const PictureLayers& layers,
                 double opacity) {
  painter.save();
  painter.setClipRect(place.viewport, Qt::IntersectClip);
  painter.setOpacity(opacity);
  if (!layers.classes.isNull()) drawScaled(painter, place, layers.classes);
  painter.setOpacity(0.4 + 0.6 * opacity);
  paintMask(painter, place, layers.wrong, patchBrush(Patch::Solid, wronglyFoundColour()));
  paintMask(painter, place, layers.missed, patchBrush(Patch::Hatched, missedColour()));
  painter.setOpacity(1);
  paintLines(painter, place, layers.lines);
  painter.restore();
}

void paintPictureCrosshair(QPainter& painter, const PicturePlace& place, const QPoint& pixel) {
  const QRectF& view = place.viewport;
  const QPointF at = place.geometry.centreOf(pixel);
  const double gap = std::max(6.0, 0.5 * place.geometry.scale() + 2);
  const std::array lines{QLineF(view.left(), at.y(), at.x() - gap, at.y()),
                         QLineF(at.x() + gap, at.y(), view.right(), at.y()),
                         QLineF(at.x(), view.top(), at.x(), at.y() - gap),
                         QLineF(at.x(), at.y() + gap, at.x(), view.bottom())};
  painter.save();
  painter.setClipRect(view, Qt::IntersectClip);
  for (const auto& [colour, width] :
       {std::pair(QColor(0, 0, 0, 60), 3.0), std::pair(QColor(120, 220, 160, 220), 1.0)}) {
    painter.setPen(QPen(colour, width));
    painter.drawLines(lines.data(), static_cast<int>(lines.size()));
  }
  painter.restore();
}

void paintNoPicture(QPainter& painter, const QRectF& viewport, const QString& sentence) {
  painter.save();
  painter.fillRect(viewport, QColor(24, 24, 26));
  painter.setPen(QColor(160, 160, 165));
  painter.drawText(viewport.adjusted(6, 0, -6, 0), Qt::AlignCenter | Qt::TextWordWrap, sentence);
  painter.restore();
}

}  // namespace modascope
