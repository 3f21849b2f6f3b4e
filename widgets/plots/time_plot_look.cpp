// How a TimePlot looks, reads out and leaves the program.
#include <QBoxLayout>
#include <QContextMenuEvent>
#include <QFileInfo>
#include <QLabel>
#include <QMenu>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "core/files/atomic_file.h"
#include "widgets/figures/figure_file.h"
#include "widgets/plots/custom_plot.h"
#include "widgets/plots/time_plot.h"

namespace modascope {
namespace {

constexpr QSize kFigure(680, 420);  // 180 mm wide at 96 dots an inch

QString valueWords(double value) {
  if (std::isnan(value)) return QStringLiteral("–");
  return QString::number(value, 'g', 4);
}

QFont smaller(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.9);
  return font;
}

void themeAxis(QCPAxis* axis, const PlotTheme& theme, const QFont& font) {
  axis->setBasePen(QPen(theme.faintText, 1));
  axis->setTickPen(QPen(theme.faintText, 1));
  axis->setSubTicks(false);
  axis->setTickLengthIn(0);
  axis->setTickLengthOut(4);
  axis->setTickLabelColor(theme.faintText);
  axis->setLabelColor(theme.faintText);
  axis->setTickLabelFont(font);
  axis->setLabelFont(font);
  axis->setNumberFormat(QStringLiteral("g"));
  axis->setLabelPadding(3);
  axis->grid()->setPen(QPen(theme.grid, 1));
  axis->grid()->setZeroLinePen(QPen(theme.grid, 1));
}

}  // namespace

void TimePlot::applyTheme(const PlotTheme& theme) {
  theme_ = theme;
  if (!canvas_) return;
  canvas_->setBackground(QBrush(theme.background));
  themeRect(upper_);
  if (lower_) themeRect(lower_);
  for (auto& curve : curves_) themeCurve(*curve);
  for (auto* line : crosshair_) line->setPen(QPen(theme.faintText, 1, Qt::DashLine));
  legend_->setTheme(theme);
  auto faint = empty_->palette();
  faint.setColor(QPalette::WindowText, theme.faintText);
  empty_->setPalette(faint);
  showTitle();
  updateLegend();
  canvas_->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::themeRect(QCPAxisRect* rect) {
  for (auto* axis : rect->axes()) themeAxis(axis, theme_, smaller(font()));
}

QColor TimePlot::colourOf(const Curve& curve) const {
  auto colour =
      curve.pen.colour.isValid() ? legibleOn(theme_.background, curve.pen.colour) : theme_.text;
  colour.setAlpha(curve.pen.opacity);
  return colour;
}

void TimePlot::themeCurve(Curve& curve) {
  auto colour = colourOf(curve);
  QPen pen(colour, curve.pen.width, curve.pen.line);
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  curve.line->setPen(pen);
  curve.dots->setPen(QPen(colour, 1));
  if (curve.mark) {
    auto bold = smaller(font());
    bold.setBold(true);
    curve.mark->setFont(bold);
    curve.mark->setColor(QColor::fromRgb(colour.rgb()));
  }
  const double size = curve.pen.dotsOnly ? 8 : 4;
  curve.dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, size));
}

void TimePlot::showTitle() {
  title_->setText(
      QStringLiteral("<b>%1</b>&ensp;<span style='color:%2'>%3</span>")
          .arg(titleWords_.toHtmlEscaped(), theme_.faintText.name(), whatWords_.toHtmlEscaped()));
  title_->setToolTip(whatWords_);
}

QToolButton* TimePlot::addTool(const QString& text, const QString& words, bool checkable) {
  auto* button = new QToolButton(this);
  button->setText(text);
  button->setToolTip(words);
  button->setAccessibleName(words);
  button->setAutoRaise(true);
  button->setCheckable(checkable);
  button->setFont(smaller(font()));
  tools_->insertWidget(0, button);
  return button;
}

void TimePlot::buildTools() {
  auto* more = addTool(QStringLiteral("⋯"), tr("More: x axis, zoom, save"), false);
  more->setPopupMode(QToolButton::InstantPopup);
  more->setStyleSheet(QStringLiteral("QToolButton::menu-indicator { image: none; }"));
  auto* menu = new QMenu(more);
  more->setMenu(menu);
  connect(menu, &QMenu::aboutToShow, this, [this, menu] {
    menu->clear();
    fillMenu(menu);
  });
  log_ = addTool(tr("log"), tr("Logarithmic scale"), true);
  connect(log_, &QToolButton::toggled, this, &TimePlot::setLogScale);
}

void TimePlot::fillMenu(QMenu* menu) {
  const std::array axes{std::pair{TimeAxis::Step, tr("By step")},
                        std::pair{TimeAxis::Epoch, tr("By epoch")},
                        std::pair{TimeAxis::Time, tr("By training time")}};
  for (const auto& [axis, words] : axes) {
    auto* action = menu->addAction(words, this, [this, axis = axis] { setXAxis(axis); });
    action->setCheckable(true);
    action->setChecked(axis == axis_);
  }
  menu->addSeparator();
  menu->addAction(tr("Show everything (double click)"), this, &TimePlot::fit);
  auto* logarithmic = menu->addAction(tr("Logarithmic scale"), this, &TimePlot::setLogScale);
  logarithmic->setCheckable(true);
  logarithmic->setChecked(logScale());
  menu->addSeparator();
  menu->addAction(tr("Save figure…"), this, [this] {
    askAndWrite(this, titleWords_ + QStringLiteral(".svg"), tr("Figures (*.svg *.pdf *.png)"),
                [this](const auto& file) { exportFigure(file); });
  });
  menu->addAction(tr("Save every point…"), this, [this] {
    askAndWrite(this, titleWords_ + QStringLiteral(".csv"), tr("Tables (*.csv)"),
                [this](const auto& file) { exportCsv(file); });
  });
}

void TimePlot::contextMenuEvent(QContextMenuEvent* event) {
  QMenu menu(this);
  fillMenu(&menu);
  menu.exec(event->globalPos());
}

bool TimePlot::eventFilter(QObject* watched, QEvent* event) {
  switch (event->type()) {
    case QEvent::MouseMove: {
      const auto* mouse = static_cast<QMouseEvent*>(event);
      if (mouse->buttons() & Qt::LeftButton) following_ = false;
      showCursor(upper_->axis(QCPAxis::atBottom)->pixelToCoord(mouse->position().x()));
      break;
    }
    case QEvent::Leave:
      showCursor({});
      break;
    case QEvent::Wheel: {
      following_ = false;
      const bool vertical = static_cast<QWheelEvent*>(event)->modifiers() & Qt::ControlModifier;
      upper_->setRangeZoom(vertical ? Qt::Vertical : Qt::Horizontal);
      break;
    }
    case QEvent::MouseButtonDblClick:
      fit();
      return true;
    default:
      break;
  }
  return QWidget::eventFilter(watched, event);
}

void TimePlot::showCursor(std::optional<double> place) {
  const auto row = place ? table_.nearestRow(axis_, *place) : std::nullopt;
  cursor_ = row ? std::optional(table_.place(*row, axis_)) : std::nullopt;
  for (auto* line : crosshair_) {
    line->setVisible(cursor_.has_value());
    line->point1->setCoords(cursor_.value_or(0), 0);
    line->point2->setCoords(cursor_.value_or(0), 1);
  }
  updateLegend();
  canvas_->layer(QStringLiteral("overlay"))->replot();
}

QString TimePlot::whereWords(std::size_t row) const {
  switch (axis_) {
    case TimeAxis::Step:
      return tr("step %1").arg(table_.moments()[row].step);
    case TimeAxis::Epoch:
      return tr("epoch %1").arg(table_.place(row, axis_), 0, 'f', 2);
    case TimeAxis::Time:
      return tr("%1 min").arg(table_.place(row, axis_), 0, 'f', 2);
  }
  return {};
}

std::vector<LegendEntry> TimePlot::legendEntries(std::optional<std::size_t> row) const {
  std::vector<LegendEntry> entries;
  for (const auto& curve : curves_) {
    if (curve->legend.isEmpty() || !curve->visible || curve->points.empty()) continue;
    auto colour = colourOf(*curve);
    colour.setAlpha(std::max(curve->pen.opacity, 130));
    LegendEntry entry{curve->legend,       colour, curve->pen.line, curve->pen.width,
                      curve->pen.dotsOnly, {}};
    if (row) {
      // Sparse curves (a validation now and then) show their latest value so far.
      const auto after =
          std::upper_bound(curve->points.begin(), curve->points.end(), table_.place(*row, axis_),
                           [](double x, const QPointF& point) { return x < point.x(); });
      if (after != curve->points.begin()) entry.value = valueWords(std::prev(after)->y());
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

void TimePlot::updateLegend() {
  if (!legend_) return;
  auto row = cursor_ ? table_.nearestRow(axis_, *cursor_) : std::nullopt;
  if (!row && !table_.moments().empty()) row = table_.moments().size() - 1;
  legend_->setEntries(row ? whereWords(*row) : QString(), legendEntries(row));
}

void TimePlot::exportCsv(const std::filesystem::path& file) const {
  writeAtomically(file, table_.toCsv().toStdString());
}

void TimePlot::exportFigure(const std::filesystem::path& file) {
  const auto screen = theme_;
  applyTheme(paperTheme());
  const auto restore = qScopeGuard([&] { applyTheme(screen); });
  writeFigure(file, kFigure, [this](QPaintDevice& device) {
    QCPPainter painter(&device);
    painter.setMode(QCPPainter::pmVectorized);
    paintFigure(painter, kFigure);
  });
}

void TimePlot::paintFigure(QCPPainter& painter, QSize size) {
  constexpr int margin = 10;
  const int width = size.width() - 2 * margin;
  painter.fillRect(QRect({}, size), theme_.background);
  painter.setRenderHint(QPainter::Antialiasing);
  painter.translate(margin, margin);
  auto bold = font();
  bold.setBold(true);
  painter.setFont(bold);
  const int line = QFontMetrics(bold).height() + 4;
  painter.setPen(QPen(theme_.text));
  painter.drawText(QRect(0, 0, width, line), Qt::AlignVCenter, titleWords_);
  const int taken = QFontMetrics(bold).horizontalAdvance(titleWords_ + QStringLiteral("   "));
  painter.setFont(font());
  painter.setPen(QPen(theme_.faintText));
  painter.drawText(QRect(taken, 0, width - taken, line), Qt::AlignVCenter, whatWords_);
  painter.translate(0, line);
  const int legend = paintLegend(&painter, width, {}, legendEntries({}), theme_, font()) + 4;
  painter.translate(0, legend);
  feedGraphs(3 * width);
  for (auto* cross : crosshair_) cross->setVisible(false);
  canvas_->toPainter(&painter, width, size.height() - 2 * margin - line - legend);
}

}  // namespace modascope
