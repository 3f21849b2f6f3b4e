#include "widgets/plots/time/plot_frame.h"

#include <QLocale>
#include <algorithm>
#include <cmath>

#include "widgets/plots/custom_plot.h"

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

void setUp(QCustomPlot* canvas) {
  canvas->setLocale(QLocale::c());
  canvas->setMouseTracking(true);
  canvas->setNoAntialiasingOnDrag(true);
  canvas->setInteractions(QCP::iRangeDrag | QCP::iRangeZoom);
  canvas->setMinimumSize(120, 80);
  canvas->layer(QStringLiteral("overlay"))->setMode(QCPLayer::lmBuffered);
}

QPen crosshairPen(const PlotTheme& theme) {
  return QPen(theme.faintText, 1, Qt::DashLine);
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

QFont plotLabelFont(QFont font) {
  font.setPointSizeF(font.pointSizeF() * 0.9);
  return font;
}

PlotFrame::PlotFrame(QCustomPlot* canvas) : canvas_(canvas), upper_(canvas->axisRect()) {
  setUp(canvas_);
  auto* right = upper_->axis(QCPAxis::atRight);
  right->setVisible(false);
  right->setTickLabels(false);
  upper_->setMinimumMargins({0, kSpace, kMarkSpace, 0});
  addCrosshair(upper_);
}

void PlotFrame::addCrosshair(QCPAxisRect* rect) {
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
  line->setPen(crosshairPen(theme_));
  crosshair_.push_back(line);
}

void PlotFrame::addShareRect(const QString& words) {
  const QString places = placeAxis()->label();
  lower_ = new QCPAxisRect(canvas_);
  auto* rows = canvas_->plotLayout();
  rows->addElement(1, 0, lower_);
  rows->setRowStretchFactor(0, 3);
  rows->setRowStretchFactor(1, 1);
  rows->setRowSpacing(8);
  lower_->setMinimumMargins({0, 2, kMarkSpace, 0});
  lower_->setMinimumSize(60, 34);
  auto* share = lower_->axis(QCPAxis::atLeft);
  share->setLabel(words);
  share->setRange(0, 100);
  auto ticker = QSharedPointer<QCPAxisTickerFixed>::create();
  ticker->setTickStep(50);
  share->setTicker(ticker);
  for (auto* axis : lower_->axes()) axis->grid()->setLayer(QStringLiteral("grid"));
  tieToUpper();
  addCrosshair(lower_);
  setPlaceLabel(places);
  applyTheme(lower_);
}

/// The lower rectangle stands below the upper one and shows the same places.
void PlotFrame::tieToUpper() {
  auto* margins = new QCPMarginGroup(canvas_);
  for (auto* rect : {upper_, lower_}) rect->setMarginGroup(QCP::msLeft | QCP::msRight, margins);
  auto* below = lower_->axis(QCPAxis::atBottom);
  auto* above = upper_->axis(QCPAxis::atBottom);
  for (const auto& [from, to] : {std::pair{above, below}, std::pair{below, above}})
    QObject::connect(from, qOverload<const QCPRange&>(&QCPAxis::rangeChanged), to,
                     qOverload<const QCPRange&>(&QCPAxis::setRange));
  above->setTickLabels(false);
  lower_->setRangeDragAxes(below, nullptr);
  lower_->setRangeZoomAxes(below, nullptr);
}

void PlotFrame::showRightAxis(const QString& words, double low, double high) {
  auto* axis = upper_->axis(QCPAxis::atRight);
  axis->setVisible(true);
  axis->setTickLabels(true);
  axis->setLabel(words);
  axis->setRange(low, high + 0.02 * (high - low));
}

void PlotFrame::setValueLabel(const QString& words) {
  valueAxis(PlotScale::Left)->setLabel(words);
}

QCPAxis* PlotFrame::placeAxis() const {
  return (lower_ ? lower_ : upper_)->axis(QCPAxis::atBottom);
}

void PlotFrame::setPlaceLabel(const QString& words) {
  upper_->axis(QCPAxis::atBottom)->setLabel({});
  placeAxis()->setLabel(words);
}

void PlotFrame::setLogScale(bool on) {
  auto* axis = valueAxis(PlotScale::Left);
  axis->setScaleType(on ? QCPAxis::stLogarithmic : QCPAxis::stLinear);
  if (on)
    axis->setTicker(QSharedPointer<DecadeTicker>::create());
  else
    axis->setTicker(QSharedPointer<QCPAxisTicker>::create());
}

void PlotFrame::setTheme(const PlotTheme& theme, const QFont& font) {
  theme_ = theme;
  font_ = font;
  canvas_->setBackground(QBrush(theme.background));
  applyTheme(upper_);
  if (lower_) applyTheme(lower_);
  for (auto* line : crosshair_) line->setPen(crosshairPen(theme));
}

void PlotFrame::applyTheme(QCPAxisRect* rect) const {
  for (auto* axis : rect->axes()) themeAxis(axis, theme_, plotLabelFont(font_));
}

void PlotFrame::setVisible(bool visible) {
  upper_->setVisible(visible);
  if (lower_) lower_->setVisible(visible);
}

QCPAxis* PlotFrame::valueAxis(PlotScale scale) const {
  if (scale == PlotScale::Lower) return lower_->axis(QCPAxis::atLeft);
  return upper_->axis(scale == PlotScale::Right ? QCPAxis::atRight : QCPAxis::atLeft);
}

int PlotFrame::columns() const {
  return std::max(upper_->width(), 64);
}

double PlotFrame::placeAt(double pixel) const {
  return upper_->axis(QCPAxis::atBottom)->pixelToCoord(pixel);
}

void PlotFrame::fitPlaces(double first, double last) {
  const double pad = last > first ? 0.01 * (last - first) : 0.5;
  upper_->axis(QCPAxis::atBottom)->setRange(first - pad, last + pad);
}

void PlotFrame::zoomAlong(Qt::Orientation direction) {
  upper_->setRangeZoom(direction);
}

void PlotFrame::showCrosshair(std::optional<double> place) {
  for (auto* line : crosshair_) {
    line->setVisible(place.has_value());
    line->point1->setCoords(place.value_or(0), 0);
    line->point2->setCoords(place.value_or(0), 1);
  }
}

}  // namespace modascope
