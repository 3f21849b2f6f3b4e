#include "widgets/plots/time/plot_curves.h"

#include <QCoreApplication>
#include <algorithm>
#include <cmath>
#include <limits>

#include "widgets/plots/custom_plot.h"
#include "widgets/plots/decimation.h"
#include "widgets/plots/time/plot_frame.h"

namespace modascope {
namespace {

/// As many values tell what is far from the rest as well as a million.
constexpr std::size_t kEnoughValues = 20000;
constexpr double kTriangle = 8;  // pixels

bool isLogarithmic(const QCPAxis& value) {
  return value.scaleType() == QCPAxis::stLogarithmic;
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

/// Triangles where points are beyond the view, too: somebody may have zoomed. They do not overlap.
void feedEdge(QCPGraph* marks, PlotCurves::Points points, bool up) {
  const auto range = marks->valueAxis()->range();
  const double edge = up ? range.upper - 0.02 * range.size() : range.lower + 0.02 * range.size();
  const auto* key = marks->keyAxis();
  const double wide = kTriangle * key->range().size() / std::max(1, key->axisRect()->width());
  std::sort(points.begin(), points.end(), [](auto& a, auto& b) { return a.x() < b.x(); });
  PlotCurves::Points shown;
  for (const auto& point : points)
    if (!range.contains(point.y()) && (shown.empty() || point.x() >= shown.back().x() + wide))
      shown.emplace_back(point.x(), edge);
  fill(marks, shown);
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
  beyond_.clear();
}

void PlotCurves::setTheme(const PlotTheme& theme, const QFont& font) {
  theme_ = theme;
  font_ = font;
  for (const auto& curve : curves_) applyTheme(curve);
  for (const auto& [value, beyond] : beyond_) applyTheme(beyond);
}

void PlotCurves::applyTheme(const Beyond& beyond) const {
  const auto style = [this](QCPScatterStyle::ScatterShape shape) {
    return QCPScatterStyle(shape, theme_.text, theme_.text, kTriangle);
  };
  beyond.up->setScatterStyle(style(QCPScatterStyle::ssTriangle));
  beyond.down->setScatterStyle(style(QCPScatterStyle::ssTriangleInverted));
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
  for (const auto& [value, beyond] : beyond_) {
    feedEdge(beyond.up, beyond.above, true);
    feedEdge(beyond.down, beyond.below, false);
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

/// Of each point that the axis' scale can show.
template <typename Use>
void PlotCurves::forEachValue(const QCPAxis* value, const Use& use) const {
  const bool positive = isLogarithmic(*value);
  for (const auto& curve : curves_) {
    if (!curve.visible || curve.value != value) continue;
    for (const auto& point : curve.points)
      if (std::isfinite(point.y()) && (!positive || point.y() > 0)) use(point);
  }
}

std::optional<Fence> PlotCurves::fenceOf(const QCPAxis* value) const {
  if (!outliersMarked_ || isLogarithmic(*value)) return std::nullopt;
  std::size_t count = 0, seen = 0;
  forEachValue(value, [&](const QPointF&) { ++count; });
  if (count == 0) return std::nullopt;
  const std::size_t stride = 1 + count / kEnoughValues;
  std::vector<double> values;
  double least = std::numeric_limits<double>::infinity(), most = -least;
  forEachValue(value, [&](const QPointF& point) {
    least = std::min(least, point.y());
    most = std::max(most, point.y());
    if (seen++ % stride == 0) values.push_back(point.y());
  });
  values.insert(values.end(), {least, most});
  return fenceAround(std::move(values));
}

void PlotCurves::fit(QCPAxis* value) {
  const auto fence = fenceOf(value);
  std::optional<QCPRange> range;
  forEachValue(value, [&](const QPointF& point) {
    if (fence && !fence->holds(point.y())) return;
    if (!range) range = QCPRange(point.y(), point.y());
    range->expand(point.y());
  });
  if (range) value->setRange(padded(*range, isLogarithmic(*value)));
  markBeyond(value, fence);
}

void PlotCurves::markBeyond(QCPAxis* value, const std::optional<Fence>& fence) {
  if (!fence && !beyond_.contains(value)) return;
  Beyond& beyond = beyond_[value];
  if (beyond.up == nullptr) {
    beyond.up = addTriangles(value);
    beyond.down = addTriangles(value);
    applyTheme(beyond);
  }
  beyond.above.clear();
  beyond.below.clear();
  forEachValue(value, [&](const QPointF& point) {
    if (fence && point.y() > fence->high) beyond.above.push_back(point);
    if (fence && point.y() < fence->low) beyond.below.push_back(point);
  });
}

QCPGraph* PlotCurves::addTriangles(QCPAxis* value) const {
  auto* marks = canvas_->addGraph(value->axisRect()->axis(QCPAxis::atBottom), value);
  marks->setLineStyle(QCPGraph::lsNone);
  return marks;
}

std::size_t PlotCurves::outliers() const {
  std::size_t count = 0;
  for (const auto& [value, beyond] : beyond_) count += beyond.above.size() + beyond.below.size();
  return count;
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
  if (const std::size_t beyond = outliers(); beyond > 0)
    entries.push_back({QCoreApplication::translate("PlotCurves", "▲▼ points beyond the scale"),
                       theme_.text, Qt::NoPen, 0, false, QString::number(beyond)});
  return entries;
}

}  // namespace modascope
