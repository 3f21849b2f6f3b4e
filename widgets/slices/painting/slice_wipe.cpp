#include "widgets/slices/painting/slice_wipe.h"

#include <QPainter>
#include <algorithm>
#include <array>
#include <cmath>

#include "widgets/slices/painting/slice_legend.h"

namespace modascope {
namespace {

constexpr double kGripRadius = 7;
constexpr double kAir = 5;
/// Of the height: between the letters at the sides and what stands at the bottom.
constexpr double kGripHeight = 0.64;
const QColor kInk(240, 240, 240);
const QColor kRim(0, 0, 0, 190);

void paintLine(QPainter& painter, const QRectF& viewport, double x) {
  for (const auto& [colour, width] : {std::pair(kRim, 3.0), std::pair(kInk, 1.0)}) {
    painter.setPen(QPen(colour, width));
    painter.drawLine(QPointF(x, viewport.top()), QPointF(x, viewport.bottom()));
  }
}

/// A disc with a small arrow to either side.
void paintGrip(QPainter& painter, const QPointF& centre) {
  painter.save();
  painter.setPen(QPen(kRim, 1.5));
  painter.setBrush(kInk);
  painter.drawEllipse(centre, kGripRadius, kGripRadius);
  painter.setPen(Qt::NoPen);
  painter.setBrush(QColor(50, 50, 55));
  for (const double side : {-1.0, 1.0}) {
    const std::array arrow{centre + QPointF(side * 5, 0), centre + QPointF(side * 1.5, -3),
                           centre + QPointF(side * 1.5, 3)};
    painter.drawPolygon(arrow.data(), static_cast<int>(arrow.size()));
  }
  painter.restore();
}

/// What fits into `room` pixels: all of it, the little word, or nothing.
QString fitting(const WipeWords& words, const QFontMetricsF& metrics, double room) {
  for (const QString& text : {words.full, words.little}) {
    if (metrics.horizontalAdvance(text) + kAir <= room) return text;
  }
  return {};
}

}  // namespace

double wipeX(const QRectF& viewport, double at) {
  return viewport.left() + std::round(at * viewport.width());
}

double wipeAt(const QRectF& viewport, double x) {
  return std::clamp((x - viewport.left()) / std::max(1.0, viewport.width()), 0.0, 1.0);
}

void paintWipe(QPainter& painter, const QRectF& viewport, const Wipe& wipe) {
  const double x = wipeX(viewport, wipe.at);
  const QPointF grip(x, viewport.top() + kGripHeight * viewport.height());
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  paintLine(painter, viewport, x);
  paintGrip(painter, grip);
  const QFontMetricsF metrics(painter.font());
  const double away = kGripRadius + kAir;
  const double top = grip.y() - metrics.height() / 2;
  const QRectF left(viewport.left(), top, x - away - viewport.left(), metrics.height());
  const QRectF right(x + away, top, viewport.right() - x - away, metrics.height());
  haloText(painter, left, Qt::AlignRight, fitting(wipe.left, metrics, left.width()));
  haloText(painter, right, Qt::AlignLeft, fitting(wipe.right, metrics, right.width()));
  painter.restore();
}

}  // namespace modascope
