#include "widgets/plots/time_plot.h"

#include <QBoxLayout>
#include <QEvent>
#include <QLabel>
#include <QLocale>
#include <QTimer>
#include <QToolButton>
#include <algorithm>
#include <cmath>

#include "widgets/plots/custom_plot.h"

namespace modascope {
namespace {

constexpr int kRedrawMs =
    80;  ///< a dozen times a second is enough, and leaves the cores to training
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
  sinceDrawn_.start();
  redraw_ = new QTimer(this);
  redraw_->setSingleShot(true);
  connect(redraw_, &QTimer::timeout, this, [this] {
    canvas_->replot();
    sinceDrawn_.restart();
  });
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

void TimePlot::put(const Moment& moment, std::size_t column, double value) {
  table_.put(moment, column, value);
}

TimePlot::Points TimePlot::pointsOf(std::size_t column) const {
  Points points;
  for (const auto& point : table_.points(column))
    points.emplace_back(table_.place(point.moment, axis_), point.value);
  return points;
}

void TimePlot::refresh() {
  takePoints();
  if (following_) {
    fitX();
    fitY();
  }
  updateLegend();
  if (!redraw_->isActive())
    redraw_->start(std::max<int>(0, kRedrawMs - static_cast<int>(sinceDrawn_.elapsed())));
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
                     : axis_ == TimeAxis::Epoch ? tr("epoch (passes over the training data)")
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
