#include "widgets/slices/painting/slice_painter.h"

#include <QCoreApplication>
#include <QPainter>
#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kMargin = 6;
const QColor kInk(240, 240, 240);

void paintRegions(QPainter& painter, const SliceGeometry& geometry, const SliceLabels& picture,
                  const SliceMarks& marks) {
  painter.save();
  painter.setOpacity(marks.opacity);
  if (!picture.regions.isNull()) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
    painter.drawImage(geometry.sliceRect(), picture.regions);
  }
  painter.setOpacity(1);
  painter.setTransform(geometry.pixelsToScreen(), true);
  for (const RegionLines& outline : picture.outlines) {
    QPen pen(outline.colour, 1.8);
    pen.setCosmetic(true);
    painter.setPen(pen);
    painter.drawLines(outline.lines);
  }
  painter.restore();
}

void paintMap(QPainter& painter, const QRectF& slice, const QImage& map, double opacity) {
  if (map.isNull()) return;
  painter.save();
  painter.setOpacity(opacity);
  painter.setRenderHint(QPainter::SmoothPixmapTransform, false);
  painter.drawImage(slice, map);
  painter.restore();
}

/// Fills what `mask` (one pixel a voxel) covers with a pattern that does not grow with the zoom.
void paintPatch(QPainter& painter, const QRectF& viewport, const QRectF& slice, const QImage& mask,
                const QBrush& brush) {
  if (mask.isNull()) return;
  const double dpr = painter.device()->devicePixelRatioF();
  QImage layer((viewport.size() * dpr).toSize(), QImage::Format_ARGB32_Premultiplied);
  layer.setDevicePixelRatio(dpr);
  layer.fill(Qt::transparent);
  QPainter patch(&layer);
  patch.translate(-viewport.topLeft());
  patch.drawImage(slice, mask);
  patch.setCompositionMode(QPainter::CompositionMode_SourceIn);
  patch.fillRect(viewport, brush);
  patch.end();
  painter.drawImage(viewport.topLeft(), layer);
}

/// What is lacking is hatched, what is added is solid.
void paintDifference(QPainter& painter, const QRectF& viewport, const QRectF& slice,
                     const SliceLabels& picture, const SliceMarks& marks) {
  painter.save();
  painter.setOpacity(0.4 + 0.6 * marks.opacity);
  paintPatch(painter, viewport, slice, picture.added,
             patchBrush(Patch::Solid, wronglyFoundColour()));
  paintPatch(painter, viewport, slice, picture.lacking, patchBrush(Patch::Hatched, missedColour()));
  painter.restore();
}

void paintLabels(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                 const SliceLabels& picture, const SliceMarks& marks) {
  paintDifference(painter, viewport, geometry.sliceRect(), picture, marks);
  paintRegions(painter, geometry, picture, marks);
}

/// Two of them, parted by the wipe.
void paintWiped(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                const SlicePicture& picture, const SliceMarks& marks) {
  QRectF left = viewport, right = viewport;
  left.setRight(wipeX(viewport, marks.wipe->at));
  right.setLeft(left.right());
  for (const auto& [part, labels] :
       {std::pair(left, &picture.leftOfWipe), {right, &picture.labels}}) {
    painter.save();
    painter.setClipRect(part, Qt::IntersectClip);
    paintLabels(painter, viewport, geometry, *labels, marks);
    painter.restore();
  }
}

void paintLeftOut(QPainter& painter, const QRectF& viewport) {
  painter.fillRect(viewport, QColor(0, 0, 0, 140));
  painter.save();
  painter.setPen(QPen(QColor(200, 200, 200, 70), 1));
  constexpr double step = 14;
  for (double x = viewport.left() - viewport.height(); x < viewport.right(); x += step) {
    painter.drawLine(QPointF(x, viewport.bottom()), QPointF(x + viewport.height(), viewport.top()));
  }
  painter.restore();
}

/// Lines with a gap, so that the voxel itself stays free.
void paintCrosshair(QPainter& painter, const QRectF& viewport, const QPointF& at) {
  constexpr double gap = 6;
  const std::array lines{QLineF(viewport.left(), at.y(), at.x() - gap, at.y()),
                         QLineF(at.x() + gap, at.y(), viewport.right(), at.y()),
                         QLineF(at.x(), viewport.top(), at.x(), at.y() - gap),
                         QLineF(at.x(), at.y() + gap, at.x(), viewport.bottom())};
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setPen(QPen(QColor(120, 220, 160, 190), 1));
  painter.drawLines(lines.data(), static_cast<int>(lines.size()));
  painter.restore();
}

void paintLetters(QPainter& painter, const QRectF& viewport, const SideLetters& letters) {
  painter.save();
  QFont font = painter.font();
  font.setBold(true);
  painter.setFont(font);
  const QRectF inner = viewport.adjusted(kMargin, kMargin - 2, -kMargin, -kMargin + 2);
  haloText(painter, inner, Qt::AlignLeft | Qt::AlignVCenter, letters.left);
  haloText(painter, inner, Qt::AlignRight | Qt::AlignVCenter, letters.right);
  haloText(painter, inner, Qt::AlignHCenter | Qt::AlignTop, letters.top);
  haloText(painter, inner, Qt::AlignHCenter | Qt::AlignBottom, letters.bottom);
  painter.restore();
}

void paintScaleBar(QPainter& painter, const QRectF& viewport, double pixelsPerMm) {
  const double mm = scaleBarMm(0.28 * viewport.width() / pixelsPerMm);
  const double length = mm * pixelsPerMm;
  const QPointF left(viewport.left() + kMargin + 1, viewport.bottom() - kMargin - 3);
  const QPointF right = left + QPointF(length, 0);
  const QPointF tick(0, 3);
  for (const auto& [colour, width] : {std::pair(QColor(0, 0, 0, 190), 3.5), std::pair(kInk, 1.5)}) {
    painter.setPen(QPen(colour, width));
    painter.drawLine(left, right);
    painter.drawLine(left - tick, left + tick);
    painter.drawLine(right - tick, right + tick);
  }
  const QString text = QCoreApplication::translate("SliceView", "%1 mm").arg(QString::number(mm));
  haloText(painter, QRectF(left.x(), left.y() - 24, 200, 20), Qt::AlignLeft | Qt::AlignBottom,
           text);
}

}  // namespace

double scaleBarMm(double mostMm) {
  const double decade = std::pow(10.0, std::floor(std::log10(std::max(1e-3, mostMm))));
  for (const double step : {5.0, 2.0}) {
    if (step * decade <= mostMm) return step * decade;
  }
  return decade;
}

void paintSlice(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                const SlicePicture& picture, const SliceMarks& marks) {
  painter.save();
  painter.setClipRect(viewport);
  painter.fillRect(viewport, Qt::black);
  const QRectF slice = geometry.sliceRect();
  painter.setRenderHint(QPainter::SmoothPixmapTransform);
  painter.drawImage(slice, picture.image);
  if (marks.leftOut) paintLeftOut(painter, viewport);
  paintMap(painter, slice, picture.map, marks.mapOpacity);
  if (marks.wipe) {
    paintWiped(painter, viewport, geometry, picture, marks);
  } else {
    paintLabels(painter, viewport, geometry, picture.labels, marks);
  }
  painter.setRenderHint(QPainter::Antialiasing);
  if (marks.wipe) paintWipe(painter, viewport, *marks.wipe);
  paintLegend(painter, viewport, marks.legend);
  painter.restore();
}

void paintMarks(QPainter& painter, const QRectF& viewport, const SliceGeometry& geometry,
                const SliceMarks& marks) {
  painter.save();
  painter.setClipRect(viewport);
  if (marks.crosshair) paintCrosshair(painter, viewport, *marks.crosshair);
  painter.setRenderHint(QPainter::Antialiasing);
  paintLetters(painter, viewport, geometry.letters());
  paintScaleBar(painter, viewport, geometry.scale());
  haloText(painter, viewport.adjusted(0, 0, -kMargin, -kMargin + 2),
           Qt::AlignRight | Qt::AlignBottom, marks.caption);
  painter.restore();
}

void paintNoSlice(QPainter& painter, const QRectF& viewport, const QString& sentence) {
  painter.save();
  painter.fillRect(viewport, QColor(24, 24, 26));
  painter.setPen(QColor(160, 160, 165));
  painter.drawText(viewport.adjusted(kMargin, 0, -kMargin, 0), Qt::AlignCenter | Qt::TextWordWrap,
                   sentence);
  painter.restore();
}

}  // namespace modascope
