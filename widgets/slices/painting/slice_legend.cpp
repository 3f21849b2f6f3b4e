#include "widgets/slices/painting/slice_legend.h"

#include <QImage>
#include <QPainter>
#include <QPainterPath>
#include <algorithm>

namespace modascope {
namespace {

constexpr double kMargin = 6;
constexpr double kBarHeight = 9;
const QColor kInk(240, 240, 240);
const QColor kRim(0, 0, 0, 190);

QFont smaller(QFont font) {
  font.setPixelSize(std::max(8, static_cast<int>(0.88 * QFontInfo(font).pixelSize())));
  return font;
}

void paintBar(QPainter& painter, const QRectF& bar, ColourMap map) {
  QImage ramp(256, 1, QImage::Format_RGB32);
  for (int step = 0; step < 256; ++step) ramp.setPixelColor(step, 0, mapped(map, step / 255.0));
  painter.drawImage(bar, ramp);
  painter.setPen(QPen(kInk, 1));
  painter.setBrush(Qt::NoBrush);
  painter.drawRect(bar.adjusted(-0.5, -0.5, 0.5, 0.5));
}

/// Swatch and words one after the other, in rows no wider than `most`. Returns the lower edge.
double paintKeys(QPainter& painter, QPointF at, double most, const std::vector<LegendKey>& keys) {
  const QFontMetricsF metrics(painter.font());
  const double side = metrics.ascent();
  const double left = at.x();
  for (const LegendKey& key : keys) {
    const double width = 1.4 * side + 4 + metrics.horizontalAdvance(key.words) + 10;
    if (at.x() > left && at.x() + width > left + most) at = {left, at.y() + metrics.height() + 2};
    const QRectF swatch(at.x(), at.y() + 1, 1.4 * side, side);
    painter.fillRect(swatch, Qt::black);
    painter.fillRect(swatch, patchBrush(key.patch, key.colour));
    painter.setPen(QPen(key.colour, 1));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(swatch);
    haloText(painter, QRectF(swatch.right() + 4, at.y(), 400, metrics.height()), Qt::AlignLeft,
             key.words);
    at.rx() += width;
  }
  return keys.empty() ? at.y() : at.y() + metrics.height() + 2;
}

void paintRemark(QPainter& painter, const QRectF& viewport, const QString& remark) {
  const double air = 3 * QFontMetricsF(painter.font()).height();
  haloText(painter, viewport.adjusted(0, 0, 0, -air), Qt::AlignHCenter | Qt::AlignBottom, remark);
}

}  // namespace

QColor missedColour() {
  return {255, 92, 205};
}

QColor wronglyFoundColour() {
  return {120, 235, 90};
}

/// Hatched: lines one pixel in four, with a faint ground so that single voxels do not fall between.
QBrush patchBrush(Patch patch, const QColor& colour) {
  if (patch == Patch::Solid) return colour;
  QImage tile(6, 6, QImage::Format_ARGB32_Premultiplied);
  const QRgb ground = qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), 50));
  for (int y = 0; y < 6; ++y) {
    for (int x = 0; x < 6; ++x) tile.setPixel(x, y, (x + y) % 6 < 2 ? colour.rgb() : ground);
  }
  return tile;
}

void haloText(QPainter& painter, const QRectF& box, int flags, const QString& text) {
  const QRectF at = painter.boundingRect(box, flags, text);
  QPainterPath path;
  path.addText(at.left(), at.top() + QFontMetricsF(painter.font()).ascent(), painter.font(), text);
  painter.strokePath(path, QPen(kRim, 3, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin));
  painter.fillPath(path, kInk);
}

QRectF colourBarRect(const QRectF& viewport) {
  return {viewport.left() + kMargin + 1, viewport.top() + kMargin + 1,
          std::min(130.0, 0.38 * viewport.width()), kBarHeight};
}

void paintLegend(QPainter& painter, const QRectF& viewport, const SliceLegend& legend) {
  painter.save();
  if (!legend.remark.isEmpty()) paintRemark(painter, viewport, legend.remark);
  painter.setFont(smaller(painter.font()));
  const double height = QFontMetricsF(painter.font()).height();
  const QRectF bar = colourBarRect(viewport);
  double top = bar.top();
  if (legend.ramp) {
    painter.setRenderHint(QPainter::SmoothPixmapTransform);
    paintBar(painter, bar, *legend.ramp);
    top = bar.bottom() + 3;
  }
  top = paintKeys(painter, {bar.left(), top}, 0.42 * viewport.width(), legend.keys);
  for (const QString& line : legend.lines) {
    haloText(painter, QRectF(bar.left(), top, viewport.width(), height), Qt::AlignLeft, line);
    top += height;
  }
  painter.restore();
}

}  // namespace modascope
