#include "widgets/plots/conflict_matrix.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "core/base/atomic_file.h"
#include "core/events/events.h"
#include "widgets/plots/figure_file.h"
#include "widgets/plots/subset_dots.h"

namespace modascope {
namespace {

constexpr double kMargin = 6;
constexpr double kBarWidth = 10;
constexpr double kBarSpace = 56;  ///< bar, gap and its numbers
constexpr QSize kFigure(520, 500);

QFont sized(QFont font, double pixels) {
  font.setPixelSize(std::max(6, static_cast<int>(pixels)));
  return font;
}

}  // namespace

ConflictMatrix::ConflictMatrix(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  setAccessibleName(tr("Angles between the gradients of the subsets"));
}

void ConflictMatrix::setGram(const std::vector<ModalitySet>& subsets, const ModalitySchema& schema,
                             const Matrix& gram) {
  schema_ = schema;
  subsets_ = subsets;
  gram_ = gram;
  if (gram_.rows() != subsets_.size() || gram_.columns() != subsets_.size()) clear();
  hovered_.reset();
  setAccessibleDescription(
      subsets_.empty() ? QString() : tr("%n pair(s) in conflict", nullptr, conflictingPairs()));
  update();
}

void ConflictMatrix::setStep(std::int64_t step) {
  step_ = step;
  update();
}

void ConflictMatrix::clear() {
  subsets_.clear();
  gram_ = {};
  step_.reset();
  hovered_.reset();
  update();
}

double ConflictMatrix::angle(std::size_t row, std::size_t column) const {
  return angleDegrees(gram_, row, column);
}

int ConflictMatrix::conflictingPairs() const {
  int pairs = 0;
  for (std::size_t row = 0; row < subsets_.size(); ++row)
    for (std::size_t column = 0; column < row; ++column) pairs += angle(row, column) > 90.0;
  return pairs;
}

QColor ConflictMatrix::colourOf(double degrees) {
  return mapped(ColourMap::Diverging, degrees / 180);
}

ConflictMatrix::Layout ConflictMatrix::layoutIn(const QRectF& area) const {
  Layout layout;
  const auto count = static_cast<double>(std::max<std::size_t>(subsets_.size(), 1));
  const auto modalities = static_cast<double>(schema_.size());
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
  if (layout.cell > 14) layout.cell = std::floor(layout.cell);
  const double label = layout.dot * 1.25 * modalities + 4;
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

void ConflictMatrix::paintLabels(QPainter& painter, const Layout& layout,
                                 const PlotTheme& theme) const {
  const double length = subsetWidth(layout.dot, schema_);
  for (std::size_t i = 0; i < subsets_.size(); ++i) {
    const auto beside = cellIn(layout, i, 0);
    paintSubset(painter, {beside.left() - length - 4, beside.top(), length, beside.height()},
                layout.dot, schema_, subsets_[i], theme);
    const auto above = cellIn(layout, 0, i);
    paintSubsetDown(painter, {above.left(), above.top() - length - 4, above.width(), length},
                    layout.dot, schema_, subsets_[i], theme);
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

std::optional<ConflictMatrix::Cell> ConflictMatrix::cellAt(QPointF place) const {
  if (subsets_.empty()) return std::nullopt;
  const auto layout = layoutIn(rect());
  if (!layout.grid.contains(place)) return std::nullopt;
  const auto index = [&](double offset) {
    return std::min(static_cast<std::size_t>(offset / layout.cell), subsets_.size() - 1);
  };
  return Cell{index(place.y() - layout.grid.top()), index(place.x() - layout.grid.left())};
}

QString ConflictMatrix::wordsFor(Cell cell) const {
  const auto name = [&](std::size_t i) {
    return QString::fromStdString(labelOf(schema_, subsets_[i]));
  };
  const double degrees = angle(cell.first, cell.second);
  const auto pair = name(cell.first) + tr(" against ") + name(cell.second);
  if (std::isnan(degrees)) return pair + u'\n' + tr("one of the gradients is zero");
  return pair + u'\n' +
         tr("%1°, cosine %2%3")
             .arg(degrees, 0, 'f', 1)
             .arg(std::cos(degrees * std::numbers::pi / 180), 0, 'f', 3)
             .arg(degrees > 90 ? tr(", in conflict") : QString());
}

bool ConflictMatrix::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto cell = cellAt(help->pos()))
    QToolTip::showText(help->globalPos(), wordsFor(*cell), this);
  else
    QToolTip::hideText();
  return true;
}

void ConflictMatrix::mouseMoveEvent(QMouseEvent* event) {
  const auto cell = cellAt(event->position());
  if (cell == hovered_) return;
  hovered_ = cell;
  update();
}

void ConflictMatrix::leaveEvent(QEvent*) {
  hovered_.reset();
  update();
}

void ConflictMatrix::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  menu.addAction(tr("Save figure…"), this, [this] {
    askAndWrite(this, tr("Gradient angles.svg"), tr("Figures (*.svg *.pdf *.png)"),
                [this](const auto& file) { exportFigure(file); });
  });
  menu.addAction(tr("Save angles…"), this, [this] {
    askAndWrite(this, tr("Gradient angles.csv"), tr("Tables (*.csv)"),
                [this](const auto& file) { exportCsv(file); });
  });
  menu.exec(event->globalPos());
}

void ConflictMatrix::exportCsv(const std::filesystem::path& file) const {
  const auto name = [&](std::size_t i) {
    QStringList keys;
    for (const auto& key : keysOf(schema_, subsets_[i])) keys << QString::fromStdString(key);
    return keys.join(u'+');
  };
  QString text = QStringLiteral("angle_degrees");
  for (std::size_t i = 0; i < subsets_.size(); ++i) text += u',' + name(i);
  text += u'\n';
  for (std::size_t row = 0; row < subsets_.size(); ++row) {
    text += name(row);
    for (std::size_t column = 0; column < subsets_.size(); ++column)
      text += u',' + QString::number(angle(row, column), 'g', 10);
    text += u'\n';
  }
  writeAtomically(file, text.toStdString());
}

void ConflictMatrix::exportFigure(const std::filesystem::path& file) const {
  writeFigure(file, kFigure, [this](QPaintDevice& device) {
    QPainter painter(&device);
    painter.fillRect(QRect({}, kFigure), Qt::white);
    paint(painter, QRectF({}, kFigure), paperTheme());
  });
}

}  // namespace modascope
