#include "widgets/plots/angles/angle_painter.h"

#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/subset_dots.h"

namespace modascope {
namespace {

QFont sized(QFont font, double pixels) {
  font.setPixelSize(std::max(6, static_cast<int>(pixels)));
  return font;
}

/// Blue agrees (0°), white is at right angles, red works against (180°).
QColor angleColour(double degrees) {
  return mapped(ColourMap::Diverging, degrees / 180);
}

}  // namespace

AnglePainter::AnglePainter(const GradientAngles& angles, const AngleGrid& grid,
                           const PlotTheme& theme, const QFont& font)
    : angles_(angles), grid_(grid), theme_(theme), font_(font) {}

void AnglePainter::paint(QPainter& painter) const {
  paintCells(painter);
  paintOutlines(painter);
  if (grid_.dot())
    paintNames(painter);
  else
    paintSizes(painter);
  paintBar(painter);
}

void AnglePainter::paintCells(QPainter& painter) const {
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.setFont(sized(font_, std::min(12.0, grid_.side() * 0.46)));
  for (std::size_t row = 0; row < angles_.size(); ++row)
    for (std::size_t column = 0; column < angles_.size(); ++column)
      paintCell(painter, {row, column});
}

void AnglePainter::paintCell(QPainter& painter, const AngleGrid::Cell& cell) const {
  const QRectF place = grid_.cell(cell);
  const double degrees = angles_.angle(cell.row, cell.column);
  if (cell.row == cell.column) {
    painter.fillRect(place, theme_.grid);
  } else if (std::isnan(degrees)) {
    painter.fillRect(place, QBrush(theme_.faintText, Qt::BDiagPattern));
  } else {
    const QColor ground = angleColour(degrees);
    painter.fillRect(place, ground);
    if (grid_.side() < 16) return;  // no room for a number
    painter.setPen(readableOn(ground));
    painter.drawText(place, Qt::AlignCenter, QString::number(std::lround(degrees)));
  }
}

void AnglePainter::paintOutlines(QPainter& painter) const {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  // In smaller cells an outline would leave nothing of the colour.
  if (grid_.side() < 5) return;
  const double width = grid_.side() >= 12 ? 1.5 : 1.0;
  const double inset = width / 2 + (grid_.side() >= 8 ? 0.5 : 0);
  painter.setPen(QPen(Qt::black, width));
  for (std::size_t row = 0; row < angles_.size(); ++row)
    for (std::size_t column = 0; column < angles_.size(); ++column)
      if (angles_.conflict(row, column))
        painter.drawRect(grid_.cell({row, column}).adjusted(inset, inset, -inset, -inset));
}

void AnglePainter::paintFrame(QPainter& painter, const AngleGrid::Cell& cell) const {
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  painter.setPen(QPen(theme_.accent, 2));
  painter.drawRect(grid_.cell(cell));
}

/// "3 of 8" for all rows, and all columns, of three modalities.
void AnglePainter::paintSizes(QPainter& painter) const {
  painter.setFont(sized(font_, 10));
  painter.setPen(theme_.faintText);
  const auto& subsets = angles_.subsets();
  for (std::size_t first = 0, next = 0; first < subsets.size(); first = next) {
    while (next < subsets.size() && subsets[next].size() == subsets[first].size()) ++next;
    paintSize(painter, first, next);
  }
}

/// Of the rows and columns from `first` to before `next`.
void AnglePainter::paintSize(QPainter& painter, std::size_t first, std::size_t next) const {
  constexpr double space = AngleGrid::kSizeSpace;
  const QRectF& all = grid_.all();
  const auto from = static_cast<double>(first) * grid_.side() + 1;
  const auto length = static_cast<double>(next - first) * grid_.side() - 2;
  const QRectF beside(all.left() - space, all.top() + from, space - 6, length);
  const QRectF above(all.left() + from, all.top() - space, length, space - 6);
  painter.drawLine(beside.topRight() + QPointF(2, 0), beside.bottomRight() + QPointF(2, 0));
  painter.drawLine(above.bottomLeft() + QPointF(0, 2), above.bottomRight() + QPointF(0, 2));
  const auto words =
      tr("%1 of %2").arg(angles_.subsets()[first].size()).arg(angles_.schema().size());
  if (beside.height() >= painter.fontMetrics().height())
    painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter, words);
  if (above.width() >= painter.fontMetrics().horizontalAdvance(words))
    painter.drawText(above, Qt::AlignHCenter | Qt::AlignBottom, words);
}

void AnglePainter::paintNames(QPainter& painter) const {
  const double dot = *grid_.dot();
  const auto& schema = angles_.schema();
  const double length = subsetWidth(dot, schema);
  for (std::size_t i = 0; i < angles_.size(); ++i) {
    const QRectF beside = grid_.cell({i, 0});
    paintSubset(painter, {beside.left() - length - 4, beside.top(), length, beside.height()}, dot,
                schema, angles_.subsets()[i], theme_);
    const QRectF above = grid_.cell({0, i});
    paintSubsetDown(painter, {above.left(), above.top() - length - 4, above.width(), length}, dot,
                    schema, angles_.subsets()[i], theme_);
  }
}

void AnglePainter::paintBar(QPainter& painter) const {
  const QRectF& bar = grid_.bar();
  QLinearGradient gradient(bar.topLeft(), bar.bottomLeft());
  for (int stop = 0; stop <= 20; ++stop)
    gradient.setColorAt(stop / 20.0, angleColour(180.0 * stop / 20.0));
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.fillRect(bar, gradient);
  painter.setFont(sized(font_, 11));
  painter.setPen(theme_.faintText);
  for (const int degrees : {0, 45, 90, 135, 180}) {
    const double y = bar.top() + bar.height() * degrees / 180.0;
    painter.drawLine(QPointF(bar.right(), y), QPointF(bar.right() + 3, y));
    painter.drawText(QRectF(bar.right() + 6, y - 8, 40, 16), Qt::AlignLeft | Qt::AlignVCenter,
                     QString::number(degrees) + u'°');
  }
}

}  // namespace modascope
