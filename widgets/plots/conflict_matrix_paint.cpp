#include <QPainter>
#include <algorithm>
#include <cmath>

#include "widgets/bridge/subset_dots.h"
#include "widgets/plots/conflict_matrix.h"

namespace modascope {
namespace {

constexpr double kMargin = 6;
constexpr double kSizeSpace = 44;  ///< of "3 of 8"
constexpr double kBarWidth = 10;
constexpr double kBarSpace = 56;  ///< bar, gap and its numbers

QFont sized(QFont font, double pixels) {
  font.setPixelSize(std::max(6, static_cast<int>(pixels)));
  return font;
}

}  // namespace

ConflictMatrix::Layout ConflictMatrix::layoutIn(const QRectF& area) const {
  Layout layout;
  const auto count = static_cast<double>(std::max<std::size_t>(subsets_.size(), 1));
  const auto modalities = static_cast<double>(schema_ ? schema_->size() : 0);
  const double title = 2.0 * QFontMetricsF(font()).height() + 4;
  const double width = area.width() - 2 * kMargin - kBarSpace;
  const double height = area.height() - 2 * kMargin - title;
  // The labels' dots shrink with the cells, so the grid and its labels fill the area together.
  for (double dot = 9; dot >= 3; dot -= 0.5) {
    const double label = dot * 1.25 * modalities + 4;
    layout.dot = dot;
    layout.cell = std::max(1.0, std::min(width - label, height - label) / count);
    if (dot <= layout.cell * 0.8) break;
  }
  double label = layout.dot * 1.25 * modalities + 4;
  if (layout.dot > layout.cell) {
    layout.dot = 0;
    label = kSizeSpace;
    layout.cell = std::max(1.0, std::min(width - label, height - label) / count);
  }
  if (layout.cell > 14) layout.cell = std::floor(layout.cell);
  const double side = layout.cell * count;
  layout.grid =
      QRectF(area.left() + kMargin + label, area.top() + kMargin + title + label, side, side);
  layout.bar = QRectF(layout.grid.right() + 14, layout.grid.top(), kBarWidth, side);
  return layout;
}

QRectF ConflictMatrix::cellIn(const Layout& layout, std::size_t row, std::size_t column) const {
  return {layout.grid.left() + static_cast<double>(column) * layout.cell,
          layout.grid.top() + static_cast<double>(row) * layout.cell, layout.cell, layout.cell};
}

QRectF ConflictMatrix::cellRect(std::size_t row, std::size_t column) const {
  return cellIn(layoutIn(rect()), row, column);
}

void ConflictMatrix::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, rect(), plotTheme(palette()));
}

void ConflictMatrix::paint(QPainter& painter, const QRectF& area, const PlotTheme& theme) const {
  paintTitle(painter, area, theme);
  if (subsets_.empty()) {
    painter.setPen(theme.faintText);
    painter.drawText(area, Qt::AlignCenter, tr("No gradients measured yet"));
    return;
  }
  const auto layout = layoutIn(area);
  paintCells(painter, layout, theme);
  paintLabels(painter, layout, theme);
  paintBar(painter, layout, theme);
}

void ConflictMatrix::paintTitle(QPainter& painter, const QRectF& area,
                                const PlotTheme& theme) const {
  const QFontMetricsF metrics(font());
  auto bold = font();
  bold.setBold(true);
  QRectF line(area.left() + kMargin, area.top() + kMargin, area.width() - 2 * kMargin,
              metrics.height());
  painter.setFont(bold);
  painter.setPen(theme.text);
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter, tr("Angles between gradients"));
  if (subsets_.empty()) return;
  line.translate(0, metrics.height());
  painter.setFont(font());
  painter.setPen(theme.faintText);
  const auto all = static_cast<int>(subsets_.size() * (subsets_.size() - 1) / 2);
  auto words = tr("%1 of %2 pairs conflict (> 90°, outlined)").arg(conflictingPairs()).arg(all);
  if (step_) words = tr("step %1: ").arg(*step_) + words;
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(words, Qt::ElideRight, line.width()));
}

void ConflictMatrix::paintCells(QPainter& painter, const Layout& layout,
                                const PlotTheme& theme) const {
  painter.setRenderHint(QPainter::Antialiasing, false);
  const auto numbers = sized(font(), std::min(12.0, layout.cell * 0.46));
  const bool numbered = layout.cell >= 16;
  painter.setFont(numbers);
  for (std::size_t row = 0; row < subsets_.size(); ++row) {
    for (std::size_t column = 0; column < subsets_.size(); ++column) {
      const auto cell = cellIn(layout, row, column);
      const double degrees = angle(row, column);
      if (row == column) {
        painter.fillRect(cell, theme.grid);
        continue;
      }
      if (std::isnan(degrees)) {
        painter.fillRect(cell, QBrush(theme.faintText, Qt::BDiagPattern));
        continue;
      }
      painter.fillRect(cell, colourOf(degrees));
      if (!numbered) continue;
      painter.setPen(readableOn(colourOf(degrees)));
      painter.drawText(cell, Qt::AlignCenter, QString::number(std::lround(degrees)));
    }
  }
  // In smaller cells an outline would leave nothing of the colour.
  const bool outlined = layout.cell >= 5;
  const double width = layout.cell >= 12 ? 1.5 : 1.0;
  painter.setRenderHint(QPainter::Antialiasing);
  painter.setBrush(Qt::NoBrush);
  for (std::size_t row = 0; row < subsets_.size(); ++row)
    for (std::size_t column = 0; column < subsets_.size(); ++column) {
      if (!outlined || !(angle(row, column) > 90.0)) continue;
      const double inset = width / 2 + (layout.cell >= 8 ? 0.5 : 0);
      painter.setPen(QPen(Qt::black, width));
      painter.drawRect(cellIn(layout, row, column).adjusted(inset, inset, -inset, -inset));
    }
  if (hovered_) {
    painter.setPen(QPen(theme.accent, 2));
    painter.drawRect(cellIn(layout, hovered_->first, hovered_->second));
  }
}

/// "3 of 8" for all rows, and all columns, of three modalities.
void ConflictMatrix::paintSizes(QPainter& painter, const Layout& layout,
                                const PlotTheme& theme) const {
  painter.setFont(sized(font(), 10));
  painter.setPen(theme.faintText);
  for (std::size_t first = 0, next = 0; first < subsets_.size(); first = next) {
    const std::size_t size = subsets_[first].size();
    while (next < subsets_.size() && subsets_[next].size() == size) ++next;
    const auto from = static_cast<double>(first) * layout.cell + 1;
    const auto length = static_cast<double>(next - first) * layout.cell - 2;
    const QRectF beside(layout.grid.left() - kSizeSpace, layout.grid.top() + from, kSizeSpace - 6,
                        length);
    const QRectF above(layout.grid.left() + from, layout.grid.top() - kSizeSpace, length,
                       kSizeSpace - 6);
    painter.drawLine(beside.topRight() + QPointF(2, 0), beside.bottomRight() + QPointF(2, 0));
    painter.drawLine(above.bottomLeft() + QPointF(0, 2), above.bottomRight() + QPointF(0, 2));
    const QString words = tr("%1 of %2").arg(size).arg(schema_->size());
    const double height = painter.fontMetrics().height();
    if (beside.height() >= height)
      painter.drawText(beside, Qt::AlignRight | Qt::AlignVCenter, words);
    if (above.width() >= painter.fontMetrics().horizontalAdvance(words))
      painter.drawText(above, Qt::AlignHCenter | Qt::AlignBottom, words);
  }
}

void ConflictMatrix::paintLabels(QPainter& painter, const Layout& layout,
                                 const PlotTheme& theme) const {
  if (layout.dot <= 0) return paintSizes(painter, layout, theme);
  const double length = subsetWidth(layout.dot, *schema_);
  for (std::size_t i = 0; i < subsets_.size(); ++i) {
    const auto beside = cellIn(layout, i, 0);
    paintSubset(painter, {beside.left() - length - 4, beside.top(), length, beside.height()},
                layout.dot, *schema_, subsets_[i], theme);
    const auto above = cellIn(layout, 0, i);
    paintSubsetDown(painter, {above.left(), above.top() - length - 4, above.width(), length},
                    layout.dot, *schema_, subsets_[i], theme);
  }
}

void ConflictMatrix::paintBar(QPainter& painter, const Layout& layout,
                              const PlotTheme& theme) const {
  QLinearGradient gradient(layout.bar.topLeft(), layout.bar.bottomLeft());
  for (int stop = 0; stop <= 20; ++stop)
    gradient.setColorAt(stop / 20.0, colourOf(180.0 * stop / 20.0));
  painter.setRenderHint(QPainter::Antialiasing, false);
  painter.fillRect(layout.bar, gradient);
  painter.setFont(sized(font(), 11));
  painter.setPen(theme.faintText);
  for (const int degrees : {0, 45, 90, 135, 180}) {
    const double y = layout.bar.top() + layout.bar.height() * degrees / 180.0;
    painter.drawLine(QPointF(layout.bar.right(), y), QPointF(layout.bar.right() + 3, y));
    painter.drawText(QRectF(layout.bar.right() + 6, y - 8, 40, 16),
                     Qt::AlignLeft | Qt::AlignVCenter, QString::number(degrees) + u'°');
  }
}

}  // namespace modascope
