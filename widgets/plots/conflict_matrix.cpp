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

#include "core/files/atomic_file.h"
#include "widgets/figures/figure_file.h"

namespace modascope {
namespace {

constexpr QSize kFigure(520, 500);

}  // namespace

ConflictMatrix::ConflictMatrix(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  setAccessibleName(tr("Angles between the gradients of the subsets"));
}

void ConflictMatrix::setGram(const std::vector<ModalitySet>& subsets, const Matrix& gram) {
  if (!schema_ || gram.rows() != subsets.size() || gram.columns() != subsets.size()) return clear();
  subsets_ = subsets;
  gram_ = gram;
  hovered_.reset();
  setAccessibleDescription(tr("%n pair(s) in conflict", nullptr, conflictingPairs()));
  update();
}

void ConflictMatrix::setSchema(const ModalitySchema& schema) {
  schema_ = schema;
  clear();
}

/// What is fetched from the run's file may end before what is on show.
void ConflictMatrix::append(const std::vector<StepEvent>& steps) {
  const StepEvent* last = nullptr;
  for (const StepEvent& event : steps) {
    const bool measured = event.gradients && !event.gradients->gram.empty();
    const std::int64_t before = last != nullptr ? last->step : step_.value_or(0);
    if (measured && event.step >= before) last = &event;
  }
  if (last == nullptr) return;
  setGram(last->subsets, last->gradients->gram);
  step_ = last->step;
}

void ConflictMatrix::clear() {
  subsets_.clear();
  gram_ = {};
  step_.reset();
  hovered_.reset();
  setAccessibleDescription({});
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
    return QString::fromStdString(labelOf(*schema_, subsets_[i]));
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
    for (const auto& key : keysOf(*schema_, subsets_[i])) keys << QString::fromStdString(key);
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
