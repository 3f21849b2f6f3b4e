#include "widgets/plots/conflict_matrix.h"

#include <QContextMenuEvent>
#include <QHelpEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QToolTip>
#include <limits>

#include "core/files/atomic_file.h"
#include "widgets/figures/figure_file.h"
#include "widgets/plots/angles/angle_painter.h"

namespace modascope {
namespace {

constexpr QSize kFigure(520, 500);
constexpr double kMargin = 6;

}  // namespace

ConflictMatrix::ConflictMatrix(QWidget* parent) : QWidget(parent) {
  setMouseTracking(true);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
  setAccessibleName(tr("Angles between the gradients of the subsets"));
}

void ConflictMatrix::setGram(const std::vector<ModalitySet>& subsets, const Matrix& gram) {
  if (!schema_ || subsets.empty() || gram.rows() != subsets.size() ||
      gram.columns() != subsets.size())
    return clear();
  angles_.emplace(*schema_, subsets, gram);
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
  angles_.reset();
  step_.reset();
  hovered_.reset();
  setAccessibleDescription({});
  update();
}

double ConflictMatrix::angle(std::size_t row, std::size_t column) const {
  return angles_ ? angles_->angle(row, column) : std::numeric_limits<double>::quiet_NaN();
}

int ConflictMatrix::conflictingPairs() const {
  return angles_ ? angles_->conflictingPairs() : 0;
}

/// Below the title's two lines.
AngleGrid ConflictMatrix::gridIn(const QRectF& area) const {
  const double title = 2.0 * QFontMetricsF(font()).height() + 4;
  return {area.adjusted(kMargin, kMargin + title, -kMargin, -kMargin),
          {angles_ ? angles_->size() : 0, schema_ ? schema_->size() : 0}};
}

QRectF ConflictMatrix::cellRect(std::size_t row, std::size_t column) const {
  return gridIn(rect()).cell({row, column});
}

void ConflictMatrix::paintEvent(QPaintEvent*) {
  QPainter painter(this);
  paint(painter, rect(), plotTheme(palette()));
}

void ConflictMatrix::paint(QPainter& painter, const QRectF& area, const PlotTheme& theme) const {
  paintTitle(painter, area, theme);
  if (!angles_) {
    painter.setPen(theme.faintText);
    painter.drawText(area, Qt::AlignCenter, tr("No gradients measured yet"));
    return;
  }
  const AngleGrid grid = gridIn(area);
  const AnglePainter angles(*angles_, grid, theme, font());
  angles.paint(painter);
  if (hovered_) angles.paintFrame(painter, *hovered_);
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
  if (!angles_) return;
  line.translate(0, metrics.height());
  painter.setFont(font());
  painter.setPen(theme.faintText);
  const auto all = static_cast<int>(angles_->size() * (angles_->size() - 1) / 2);
  auto words = tr("%1 of %2 pairs conflict (> 90°, outlined)").arg(conflictingPairs()).arg(all);
  if (step_) words = tr("step %1: ").arg(*step_) + words;
  painter.drawText(line, Qt::AlignLeft | Qt::AlignVCenter,
                   metrics.elidedText(words, Qt::ElideRight, line.width()));
}

bool ConflictMatrix::event(QEvent* event) {
  if (event->type() != QEvent::ToolTip) return QWidget::event(event);
  const auto* help = static_cast<QHelpEvent*>(event);
  if (const auto cell = gridIn(rect()).cellAt(help->pos()))
    QToolTip::showText(help->globalPos(), angles_->words(cell->row, cell->column), this);
  else
    QToolTip::hideText();
  return true;
}

void ConflictMatrix::mouseMoveEvent(QMouseEvent* event) {
  const auto cell = gridIn(rect()).cellAt(event->position());
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
  const QString text = angles_ ? angles_->toCsv() : QStringLiteral("angle_degrees\n");
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
