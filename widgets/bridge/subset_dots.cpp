#include "widgets/bridge/subset_dots.h"

#include <QPainter>

namespace modascope {
namespace {

constexpr double kPitch = 1.25;

void paintDots(QPainter& painter, QPointF first, QPointF pitch, double dot,
               const ModalitySchema& schema, ModalitySet set, const PlotTheme& theme) {
  painter.save();
  painter.setRenderHint(QPainter::Antialiasing);
  for (const auto id : schema.ids()) {
    const auto centre = first + pitch * static_cast<double>(id.index());
    const bool in = set.contains(id);
    const auto colour = modalityColour(id);
    painter.setPen(in ? QPen(colour, 1) : QPen(theme.faintText, 1));
    painter.setBrush(in ? QBrush(colour) : QBrush(Qt::NoBrush));
    const double radius = dot / 2 - (in ? 0.5 : 1.0);
    painter.drawEllipse(centre, radius, radius);
  }
  painter.restore();
}

}  // namespace

double subsetWidth(double dot, const ModalitySchema& schema) {
  return dot * kPitch * static_cast<double>(schema.size());
}

void paintSubset(QPainter& painter, const QRectF& place, double dot, const ModalitySchema& schema,
                 ModalitySet set, const PlotTheme& theme) {
  paintDots(painter, {place.left() + dot * kPitch / 2, place.center().y()}, {dot * kPitch, 0}, dot,
            schema, set, theme);
}

void paintSubsetDown(QPainter& painter, const QRectF& place, double dot,
                     const ModalitySchema& schema, ModalitySet set, const PlotTheme& theme) {
  paintDots(painter, {place.center().x(), place.top() + dot * kPitch / 2}, {0, dot * kPitch}, dot,
            schema, set, theme);
}

}  // namespace modascope
