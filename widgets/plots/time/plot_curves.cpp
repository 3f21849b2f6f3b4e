#include "widgets/plots/time/plot_curves.h"

#include <algorithm>
#include <cmath>

#include "widgets/plots/custom_plot.h"
#include "widgets/plots/decimation.h"
#include "widgets/plots/time/plot_frame.h"

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

QString valueWords(double value) {
  if (std::isnan(value)) return QStringLiteral("–");
  return QString::number(value, 'g', 4);
}

void fill(QCPGraph* graph, const PlotCurves::Points& points) {
  QVector<QCPGraphData> data;
  data.reserve(static_cast<qsizetype>(points.size()));
  for (const auto& point : points) data.push_back({point.x(), point.y()});
  graph->data()->set(data, true);
}

QCPItemText* makeMark(QCustomPlot* canvas, const QString& words) {
  auto* mark = new QCPItemText(canvas);
  mark->setText(words);
  mark->setClipToAxisRect(false);
  mark->setPositionAlignment(Qt::AlignLeft | Qt::AlignVCenter);
  mark->position->setType(QCPItemPosition::ptAbsolute);
  return mark;
}

}  // namespace

PlotCurves::Id PlotCurves::add(const QString& legend, const CurvePen& pen, QCPAxis* value,
                               std::function<Points()> compute) {
  auto* key = value->axisRect()->axis(QCPAxis::atBottom);
  auto* line = canvas_->addGraph(key, value);
  auto* dots = canvas_->addGraph(key, value);
  line->setAdaptiveSampling(false);
  dots->setLineStyle(QCPGraph::lsNone);
  if (pen.dotsOnly) line->setLineStyle(QCPGraph::lsNone);
  auto* mark = pen.mark.isEmpty() ? nullptr : makeMark(canvas_, pen.mark);
  curves_.push_back({legend, pen, value, std::move(compute), line, dots, mark});
  applyTheme(curves_.back());
  return curves_.size() - 1;
}

void PlotCurves::fillDown(Id curve, std::optional<Id> below) {
  auto colour = colourOf(curves_[curve]);
  colour.setAlpha(170);
  curves_[curve].line->setBrush(colour);
  if (below) curves_[curve].line->setChannelFillGraph(curves_[*below].line);
}

void PlotCurves::bringToFront(Id curve) {
  curves_[curve].line->setLayer(QStringLiteral("axes"));
}

void PlotCurves::clear() {
  for (const auto& curve : curves_)
    if (curve.mark) canvas_->removeItem(curve.mark);
  canvas_->clearGraphs();
  curves_.clear();
}

void PlotCurves::setTheme(const PlotTheme& theme, const QFont& font) {
  theme_ = theme;
  font_ = font;
  for (const auto& curve : curves_) applyTheme(curve);
}

QColor PlotCurves::colourOf(const Curve& curve) const {
  auto colour =
      curve.pen.colour.isValid() ? legibleOn(theme_.background, curve.pen.colour) : theme_.text;
  colour.setAlpha(curve.pen.opacity);
  return colour;
}

void PlotCurves::applyTheme(const Curve& curve) const {
  const auto colour = colourOf(curve);
  QPen pen(colour, curve.pen.width, curve.pen.line);
  pen.setCapStyle(Qt::FlatCap);
  pen.setJoinStyle(Qt::RoundJoin);
  curve.line->setPen(pen);
  curve.dots->setPen(QPen(colour, 1));
  if (curve.mark) {
    auto bold = plotLabelFont(font_);
    bold.setBold(true);
    curve.mark->setFont(bold);
    curve.mark->setColor(QColor::fromRgb(colour.rgb()));
  }
  const double size = curve.pen.dotsOnly ? 8 : 4;
  curve.dots->setScatterStyle(QCPScatterStyle(QCPScatterStyle::ssDisc, colour, colour, size));
}

void PlotCurves::takePoints() {
  for (auto& curve : curves_) {
    curve.points = curve.visible ? curve.compute() : Points{};
    curve.line->setVisible(curve.visible);
    curve.dots->setVisible(curve.visible);
  }
}

void PlotCurves::feed(int columns) {
  for (const auto& curve : curves_) {
    const auto range = curve.line->keyAxis()->range();
    const int width = std::max(1, static_cast<int>(curve.pen.width));  // what a thick pen can show
    const auto shown = decimated(curve.points, range.lower, range.upper, columns / width);
    fill(curve.line, shown);
    fill(curve.dots, curve.pen.dotsOnly ? shown : isolated(shown));
    // A curve that turns in every pixel is a band, where fine pens and smooth edges do not show;
    // drawing them took ten times as long.
    const bool dense = curve.points.size() > 2 * static_cast<std::size_t>(columns);
    curve.line->setAntialiased(!dense);
    auto pen = curve.line->pen();
    pen.setWidthF(dense && curve.pen.width < 2 ? 0 : curve.pen.width);
    curve.line->setPen(pen);
  }
}

void PlotCurves::placeMarks() {
  for (auto* rect : canvas_->axisRects()) placeMarksIn(rect);
}

void PlotCurves::placeMarksIn(QCPAxisRect* rect) const {
  std::vector<std::pair<double, QCPItemText*>> places;
  for (const auto& curve : curves_) {
    if (!curve.mark || curve.value->axisRect() != rect) continue;
    const auto data = curve.line->data();
    const double end = rect->axis(QCPAxis::atBottom)->range().upper;
    auto last = data->findEnd(end, false);
    while (last != data->constBegin() && std::isnan(std::prev(last)->value)) --last;
    curve.mark->setVisible(curve.visible && last != data->constBegin());
    if (curve.mark->visible())
      places.emplace_back(curve.value->coordToPixel(std::prev(last)->value), curve.mark);
  }
  std::sort(places.begin(), places.end());
  const double line = QFontMetricsF(font_).height() * 0.8;
  if (static_cast<double>(places.size()) * line > rect->height() + line)
    for (const auto& [y, mark] : places) mark->setVisible(false);
  double lowest = rect->top();
  for (auto& [y, mark] : places) lowest = (y = std::max(y, lowest)) + line;
  double highest = rect->bottom();
  for (auto place = places.rbegin(); place != places.rend(); ++place)
    highest = (place->first = std::min(place->first, highest)) - line;
  for (const auto& [y, mark] : places) mark->position->setCoords(rect->right() + 4, y);
}

void PlotCurves::fit(QCPAxis* value) const {
  const bool logarithmic = value->scaleType() == QCPAxis::stLogarithmic;
  std::optional<QCPRange> range;
  for (const auto& curve : curves_)
    if (curve.visible && curve.value == value) widen(range, curve.points, logarithmic);
  if (range) value->setRange(padded(*range, logarithmic));
}

std::vector<LegendEntry> PlotCurves::legend(std::optional<double> place) const {
  std::vector<LegendEntry> entries;
  for (const auto& curve : curves_) {
    if (curve.legend.isEmpty() || !curve.visible || curve.points.empty()) continue;
    auto colour = colourOf(curve);
    colour.setAlpha(std::max(curve.pen.opacity, 130));
    LegendEntry entry{curve.legend,       colour, curve.pen.line, curve.pen.width,
                      curve.pen.dotsOnly, {}};
    if (place) {
      const auto after =
          std::upper_bound(curve.points.begin(), curve.points.end(), *place,
                           [](double x, const QPointF& point) { return x < point.x(); });
      if (after != curve.points.begin()) entry.value = valueWords(std::prev(after)->y());
    }
    entries.push_back(std::move(entry));
  }
  return entries;
}

}  // namespace modascope
