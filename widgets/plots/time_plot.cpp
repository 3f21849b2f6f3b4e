#include "widgets/plots/time_plot.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "widgets/plots/custom_plot.h"
#include "widgets/plots/decimation.h"

namespace modascope {
namespace {

constexpr int kSpace = 6;

QSharedPointer<QCPAxisTicker> wholeTicker() {
  auto ticker = QSharedPointer<QCPAxisTicker>::create();
  ticker->setTickCount(6);
  return ticker;
}

void hideAxis(QCPAxis* axis) {
  axis->setVisible(false);
  axis->setTickLabels(false);
}

/// Lowest and highest y, NaN left out, of points that the scale can show.
void widen(std::optional<QCPRange>& range, const std::vector<QPointF>& points, bool positive) {
  for (const auto& point : points) {
    if (std::isnan(point.y()) || (positive && point.y() <= 0)) continue;
    if (!range) range = QCPRange(point.y(), point.y());
    range->expand(point.y());
  }
}

QCPRange padded(QCPRange range, bool logarithmic) {
  if (logarithmic) return {range.lower / 1.3, range.upper * 1.3};
  if (range.lower >= 0 && range.lower < 0.6 * range.upper) range.lower = 0;
  const double pad = range.size() > 0 ? 0.06 * range.size() : std::max(0.5, 0.1 * range.upper);
  return {range.lower == 0 ? 0.0 : range.lower - pad, range.upper + pad};
}

}  // namespace

TimePlot::TimePlot(QWidget* parent) : QWidget(parent) {
  build();
  applyTheme(plotTheme(palette()));
}

TimePlot::~TimePlot() = default;

void TimePlot::build() {
  title_ = new QLabel(this);
  title_->setTextFormat(Qt::RichText);
  title_->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
  legend_ = new LegendStrip(this);
  auto* header = new QHBoxLayout;
  header->addWidget(title_, 1);
  tools_ = new QHBoxLayout;
  tools_->setSpacing(2);
  header->addLayout(tools_);
  buildTools();
  buildCanvas();
  auto* column = new QVBoxLayout(this);
  column->setContentsMargins(kSpace, kSpace, kSpace, kSpace);
  column->setSpacing(2);
  column->addLayout(header);
  column->addWidget(legend_);
  column->addWidget(canvas_, 1);
  setAutoFillBackground(true);
  setBackgroundRole(QPalette::Base);
}

void TimePlot::buildCanvas() {
  canvas_ = new QCustomPlot(this);
  canvas_->setLocale(QLocale::c());
  canvas_->setMouseTracking(true);
  canvas_->setNoAntialiasingOnDrag(true);
  canvas_->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  canvas_->setMinimumSize(120, 80);
  canvas_->installEventFilter(this);
  canvas_->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
  upper_ = canvas_->axisRect();
  hideAxis(upper_->axis(QCPAxis::atRight));
  upper_->setMinimumMargins({0, kSpace, 14, 0});
  addCrosshair(upper_);
  connect(canvas_, &QCustomPlot::beforeReplot, this,
          [this] { feedGraphs(std::max(upper_->width(), 64)); });
  empty_ = new QLabel(canvas_);
  empty_->setAlignment(Qt::AlignCenter);
  empty_->setWordWrap(true);
  empty_->setAttribute(Qt::WA_TransparentForMouseEvents);
  auto* middle = new QVBoxLayout(canvas_);
  middle->addWidget(empty_, 0, Qt::AlignCenter);
  showAxisTitle();
}

void TimePlot::addCrosshair(QCPAxisRect* rect) {
  auto* line = new QCPItemStraightLine(canvas_);
  line->setLayer(QStringLiteral("overlay"));
  line->setClipAxisRect(rect);
  for (auto* point : {line->point1, line->point2}) {
    point->setAxes(rect->axis(QCPAxis::atBottom), rect->axis(QCPAxis::atLeft));
    point->setAxisRect(rect);
    point->setTypeX(QCPItemPosition::ptPlotCoords);
    point->setTypeY(QCPItemPosition::ptAxisRectRatio);
  }
  line->setVisible(false);
  crosshair_.push_back(line);
}

void TimePlot::addShareRect(const QString& words) {
  lower_ = new QCPAxisRect(canvas_);
  canvas_->plotLayout()->addElement(1, 0, lower_);
  canvas_->plotLayout()->setRowStretchFactor(0, 3);
  canvas_->plotLayout()->setRowStretchFactor(1, 1);
  canvas_->plotLayout()->setRowSpacing(8);
  auto* margins = new QCPMarginGroup(canvas_);
  for (auto* rect : {upper_, lower_}) rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
  lower_->setMinimumMargins({0, 2, 14, 0});
  lower_->setMinimumSize(60, 34);
  auto* below = lower_->axis(QCPAxis::atBottom);
  auto* above = upper_->axis(QCPAxis::atBottom);
  connect(above, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), below,
          qOverload<const QCPRange&>(&QCPAxis::setRange));
  connect(below, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), above,
          qOverload<const QCPRange&>(&QCPAxis::setRange));
  above->setTickLabels(false);
  auto* share = lower_->axis(QCPAxis::atLeft);
  share->setLabel(words);
  share->setRange(0, 100);
  auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
  ticker->setTickStep(50);
  share->setTicker(ticker);
  lower_->setRangeDragAxes(below, nullptr);
  lower_->setRangeZoomAxes(below, nullptr);
  for (auto* axis : lower_->axes()) axis->grid()->setLayer(QStringLiteral("grid"));
  addCrosshair(lower_);
  showAxisTitle();
  themeRect(lower_);
}

void TimePlot::showRightAxis(const QString& words, double low, double high) {
  auto* axis = upper_->axis(QCPAxis::atRight);
  axis->setVisible(true);
  axis->setTickLabels(true);
  axis->setLabel(words);
  axis->setRange(low, high);
}

TimePlot::Curve& TimePlot::addCurve(const QString& legend, const Pen& pen, Scale scale) {
  auto* rect = scale == Scale::Lower ? lower_ : upper_;
  auto* key = rect->axis(QCPAxis::atBottom);
  auto* value = rect->axis(scale == Scale::Right ? QCPAxis::atRight : QCPAxis::atLeft);
  auto curve = std::make_unique<Curve>();
  curve->legend = legend;
  curve->pen = pen;
  curve->scale = scale;
  curve->line = canvas_->addGraph(key, value);
  curve->dots = canvas_->addGraph(key, value);
  curve->line->setAdaptiveSampling(false);
  curve->dots->setLineStyle(QCPGraph::lsNone);
  if (pen.dotsOnly) curve->line->setLineStyle(QCPGraph::lsNone);
  themeCurve(*curve);
  curves_.push_back(std::move(curve));
  return *curves_.back();
}

std::size_t TimePlot::addColumn(const QString& name, const QString& legend, const Pen& pen,
                                Scale scale) {
  const auto column = table_.addColumn(name);
  addCurve(legend, pen, scale).column = column;
  return column;
}

QCPGraph* TimePlot::addDerived(const QString& legend, const Pen& pen, Scale scale,
                               std::function<Points()> compute) {
  auto& curve = addCurve(legend, pen, scale);
  curve.compute = std::move(compute);
  return curve.line;
}

void TimePlot::removeCurves() {
  canvas_->clearGraphs();
  curves_.clear();
  table_.clearColumns();
}

void TimePlot::setColumnVisible(std::size_t column, bool visible) {
  for (auto& curve : curves_)
    if (curve->column == column) curve->visible = visible;
}

void TimePlot::put(const Moment& moment, std::size_t column, double value) {
  table_.put(moment, column, value);
}

TimePlot::Points TimePlot::pointsOf(std::size_t column) const {
  Points points;
  for (const auto& point : table_.points(column))
    points.emplace_back(table_.place(point.moment, axis_), point.value);
  return points;
}

void TimePlot::takePoints() {
  for (auto& curve : curves_) {
    curve->points = curve->column ? pointsOf(*curve->column) : curve->compute();
    curve->line->setVisible(curve->visible);
    curve->dots->setVisible(curve->visible);
  }
  empty_->setVisible(table_.moments().empty());
}

void TimePlot::feedGraphs(int columns) {
  const auto range = upper_->axis(QCPAxis::atBottom)->range();
  for (auto& curve : curves_) {
    const auto shown = decimated(curve->points, range.lower, range.upper, columns);
    const auto dots = curve->pen.dotsOnly ? shown : isolated(shown);
    const auto fill = [](QCPGraph* graph, const Points& points) {
      QVector<QCPGraphData> data;
      data.reserve(static_cast<qsizetype>(points.size()));
      for (const auto& point : points) data.push_back({point.x(), point.y()});
      graph->data()->set(data, true);
    };
    fill(curve->line, shown);
    fill(curve->dots, dots);
  }
}

void TimePlot::refresh() {
  takePoints();
  if (following_) {
    fitX();
    fitY();
  }
  updateLegend();
  canvas_->replot(QCustomPlot::rpQueuedReplot);
}

void TimePlot::clear() {
  table_.clear();
  cursor_.reset();
  following_ = true;
  refresh();
}

void TimePlot::fit() {
  following_ = true;
  refresh();
}

void TimePlot::fitX() {
  const auto rows = table_.moments().size();
  if (rows == 0) return;
  const double first = table_.place(0, axis_);
  const double last = table_.place(rows - 1, axis_);
  const double pad = last > first ? 0.01 * (last - first) : 0.5;
  upper_->axis(QCPAxis::atBottom)->setRange(first - pad, last + pad);
}

void TimePlot::fitY() {
  std::optional<QCPRange> range;
  for (const auto& curve : curves_)
    if (curve->visible && curve->scale == Scale::Left) widen(range, curve->points, logScale());
  if (range) upper_->axis(QCPAxis::atLeft)->setRange(padded(*range, logScale()));
}

void TimePlot::setXAxis(TimeAxis axis) {
  axis_ = axis;
  following_ = true;
  showAxisTitle();
  refresh();
}

bool TimePlot::logScale() const {
  return upper_->axis(QCPAxis::atLeft)->scaleType() == QCPAxis::stLogarithmic;
}

void TimePlot::setLogScale(bool on) {
  auto* axis = upper_->axis(QCPAxis::atLeft);
  axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (on)
    axis->setTicker(QSharedPointer<QCPAxisTickerLog>::create());
  else
    axis->setTicker(wholeTicker());
  const QSignalBlocker quiet(log_);
  log_->setChecked(on);
  fit();
}

void TimePlot::setTitle(const QString& title, const QString& what) {
  titleWords_ = title;
  whatWords_ = what;
  canvas_->setAccessibleName(title + QStringLiteral(", ") + what);
  setAccessibleName(canvas_->accessibleName());
  showTitle();
}

void TimePlot::setValueLabel(const QString& words) {
  upper_->axis(QCPAxis::atLeft)->setLabel(words);
}

void TimePlot::setEmptyText(const QString& words) {
  empty_->setText(words);
}

void TimePlot::showAxisTitle() {
  const auto words = axis_ == TimeAxis::Step    ? tr("step")
                     : axis_ == TimeAxis::Epoch ? tr("epoch (passes over the training cases)")
                                                : tr("training time (min)");
  upper_->axis(QCPAxis::atBottom)->setLabel(lower_ ? QString() : words);
  if (lower_) lower_->axis(QCPAxis::atBottom)->setLabel(words);
}

void TimePlot::changeEvent(QEvent* event) {
  QWidget::changeEvent(event);
  if (event->type() == QEvent::PaletteChange || event->type() == QEvent::FontChange)
    applyTheme(plotTheme(palette()));
}

}  // namespace modascope
