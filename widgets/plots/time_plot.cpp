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
constexpr int kMarkSpace = 26;  ///< beside the data, for the marks

/// 1, 2, 5 in each decade, over many decades their powers only.
class DecadeTicker : public QCPAxisTicker {
 protected:
  double getTickStep(const QCPRange& range) override {
    return std::log10(range.upper / range.lower);
  }
  QVector<double> createTickVector(double decades, const QCPRange& range) override {
    const auto digits = decades > 4 ? std::vector{1.0} : std::vector{1.0, 2.0, 5.0};
    const double every = std::max(1.0, std::ceil(decades / 8));
    QVector<double> ticks;
    const double last = std::ceil(std::log10(range.upper));
    for (double power = std::floor(std::log10(range.lower)); power <= last; power += every)
      for (const double digit : digits) ticks.push_back(digit * std::pow(10.0, power));
    return ticks;
  }
};

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
  upper_->setMinimumMargins({0, kSpace, kMarkSpace, 0});
  addCrosshair(upper_);
  connect(canvas_, &QCustomPlot::beforeReplot, this,
          [this] { feedGraphs(std::max(upper_->width(), 64)); });
  connect(canvas_, &QCustomPlot::afterLayout, this, &TimePlot::placeMarks);
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
  line->setPen(QPen(theme_.faintText, 1, Qt::DashLine));
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
  lower_->setMinimumMargins({0, 2, kMarkSpace, 0});
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
  axis->setRange(low, high + 0.02 * (high - low));
}

QCPAxis* TimePlot::valueAxis(Scale scale) const {
  if (scale == Scale::Lower) return lower_->axis(QCPAxis::atLeft);
  return upper_->axis(scale == Scale::Right ? QCPAxis::atRight : QCPAxis::atLeft);
}

TimePlot::CurveId TimePlot::addColumnCurve(std::size_t column, const QString& legend,
                                           const Pen& pen, Scale scale) {
  return addDerivedCurve(legend, pen, scale, [this, column] { return pointsOf(column); });
}

TimePlot::CurveId TimePlot::addDerivedCurve(const QString& legend, const Pen& pen, Scale scale,
                                            std::function<Points()> compute) {
  auto* value = valueAxis(scale);
  auto* key = value->axisRect()->axis(QCPAxis::atBottom);
  auto curve = std::make_unique<Curve>();
  curve->legend = legend;
  curve->pen = pen;
  curve->scale = scale;
  curve->compute = std::move(compute);
  curve->line = canvas_->addGraph(key, value);
  curve->dots = canvas_->addGraph(key, value);
  curve->line->setAdaptiveSampling(false);
  curve->dots->setLineStyle(QCPGraph::lsNone);
  if (pen.dotsOnly) curve->line->setLineStyle(QCPGraph::lsNone);
  if (!pen.mark.isEmpty()) {
    curve->mark = new QCPItemText(canvas_);
    curve->mark->setText(pen.mark);
    curve->mark->setClipToAxisRect(false);
    curve->mark->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    curve->mark->position->setType(QCPItemPosition::ptAbsolute);
  }
  themeCurve(*curve);
  curves_.push_back(std::move(curve));
  return curves_.size() - 1;
}

void TimePlot::fillDown(CurveId curve, std::optional<CurveId> below) {
  auto fill = colourOf(*curves_[curve]);
  fill.setAlpha(170);
  curves_[curve]->line->setBrush(fill);
  if (below) curves_[curve]->line->setChannelFillGraph(curves_[*below]->line);
}

void TimePlot::setCurveVisible(CurveId curve, bool visible) {
  curves_[curve]->visible = visible;
}

void TimePlot::bringToFront(CurveId curve) {
  curves_[curve]->line->setLayer(QStringLiteral("axes"));
}

void TimePlot::removeCurves() {
  for (auto& curve : curves_)
    if (curve->mark) canvas_->removeItem(curve->mark);
  canvas_->clearGraphs();
  curves_.clear();
  table_.clearColumns();
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
    curve->points = curve->visible ? curve->compute() : Points{};
    curve->line->setVisible(curve->visible);
    curve->dots->setVisible(curve->visible);
  }
  const bool empty = table_.moments().empty();
  empty_->setVisible(empty);
  for (auto* rect : canvas_->axisRects()) rect->setVisible(!empty);
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
    // A curve that turns in every pixel is a band, where fine pens and smooth edges do not show;
    // drawing them took ten times as long.
    const bool dense = shown.size() > static_cast<std::size_t>(columns);
    curve->line->setAntialiased(!dense);
    auto pen = curve->line->pen();
    pen.setWidthF(dense && curve->pen.width < 2 ? 0 : curve->pen.width);
    curve->line->setPen(pen);
    fill(curve->dots, dots);
  }
}

void TimePlot::placeMarks() {
  placeMarksIn(upper_);
  if (lower_) placeMarksIn(lower_);
}

/// Each mark beside the last point in view; where they would cover each other they move apart.
void TimePlot::placeMarksIn(QCPAxisRect* rect) {
  std::vector<std::pair<double, QCPItemText*>> places;
  for (const auto& curve : curves_) {
    auto* axis = valueAxis(curve->scale);
    if (!curve->mark || axis->axisRect() != rect) continue;
    const auto data = curve->line->data();
    const double end = rect->axis(QCPAxis::atBottom)->range().upper;
    auto last = data->findEnd(end, false);
    while (last != data->constBegin() && std::isnan(std::prev(last)->value)) --last;
    curve->mark->setVisible(curve->visible && last != data->constBegin());
    if (curve->mark->visible())
      places.emplace_back(axis->coordToPixel(std::prev(last)->value), curve->mark);
  }
  std::sort(places.begin(), places.end());
  const double line = QFontMetricsF(font()).height() * 0.8;
  if (static_cast<double>(places.size()) * line > rect->height() + line)
    for (const auto& [y, mark] : places) mark->setVisible(false);
  double lowest = rect->top();
  for (auto& [y, mark] : places) lowest = (y = std::max(y, lowest)) + line;
  double highest = rect->bottom();
  for (auto place = places.rbegin(); place != places.rend(); ++place)
    highest = (place->first = std::min(place->first, highest)) - line;
  for (const auto& [y, mark] : places) mark->position->setCoords(rect->right() + 4, y);
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
    axis->setTicker(QSharedPointer<DecadeTicker>::create());
  else
    axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
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
