// The curves of a TimePlot: from columns of the table to what its graphs draw.
#include <algorithm>
#include <cmath>

#include "widgets/plots/custom_plot.h"
#include "widgets/plots/decimation.h"
#include "widgets/plots/time_plot.h"

namespace modascope {
namespace {

/// Lowest and highest y, NaN left out, of points that the scale can show.
void widen(std::optional<QCPRange>& range, const std::vector<QPointF>& points, bool positive) {
  for (const auto& point : points) {
    if (!std::isfinite(point.y()) || (positive && point.y() <= 0)) continue;
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
    const int width = std::max(1, static_cast<int>(curve->pen.width));  // what a thick pen can show
    const auto shown = decimated(curve->points, range.lower, range.upper, columns / width);
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
    const bool dense = curve->points.size() > 2 * static_cast<std::size_t>(columns);
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

}  // namespace modascope
