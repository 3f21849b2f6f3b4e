#include "widgets/plots/decimation.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

std::span<const QPointF> visible(std::span<const QPointF> points, double from, double to) {
  auto first = std::lower_bound(points.begin(), points.end(), from,
                                [](const QPointF& p, double x) { return p.x() < x; });
  auto last = std::upper_bound(first, points.end(), to,
                               [](double x, const QPointF& p) { return x < p.x(); });
  if (first != points.begin()) --first;
  if (last != points.end()) ++last;
  return {first, last};
}

/// What one pixel column shows of its points.
void addColumn(std::span<const QPointF> column, std::vector<QPointF>& result) {
  std::vector<const QPointF*> kept;
  const QPointF* low = nullptr;
  const QPointF* high = nullptr;
  for (const auto& point : column) {
    if (std::isnan(point.y())) continue;
    if (kept.empty()) kept.push_back(&point);
    if (!low || point.y() < low->y()) low = &point;
    if (!high || point.y() > high->y()) high = &point;
  }
  if (kept.empty()) {
    result.push_back(column.front());
    return;
  }
  const auto last = std::find_if(column.rbegin(), column.rend(),
                                 [](const QPointF& p) { return !std::isnan(p.y()); });
  kept.insert(kept.end(), {low, high, &*last});
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  for (const auto* point : kept) result.push_back(*point);
}

bool endsCurve(const QPointF& point) {
  return std::isinf(point.y());
}

struct PixelColumns {
  double from;
  double to;
  int count;
  double of(const QPointF& point) const {
    return std::floor((point.x() - from) / (to - from) * count);
  }
};

void addCurve(std::span<const QPointF> curve, const PixelColumns& pixels,
              std::vector<QPointF>& result) {
  for (auto start = curve.begin(); start != curve.end();) {
    const double column = pixels.of(*start);
    const auto end =
        std::find_if(start, curve.end(), [&](const QPointF& p) { return pixels.of(p) != column; });
    addColumn({start, end}, result);
    start = end;
  }
}

}  // namespace

std::vector<QPointF> decimated(std::span<const QPointF> points, double from, double to,
                               int columns) {
  const auto seen = visible(points, from, to);
  const bool few =
      columns < 1 || seen.size() <= 2 * static_cast<std::size_t>(columns) || to <= from;
  const PixelColumns pixels{from, to, columns};
  std::vector<QPointF> result;
  for (auto start = seen.begin(); start != seen.end();) {
    const auto end = std::find_if(start, seen.end(), endsCurve);
    if (few)
      result.insert(result.end(), start, end);
    else
      addCurve({start, end}, pixels, result);
    if (end == seen.end()) break;
    result.emplace_back(end->x(), std::numeric_limits<double>::quiet_NaN());
    start = end + 1;
  }
  return result;
}

std::vector<QPointF> isolated(std::span<const QPointF> points) {
  std::vector<QPointF> result;
  const auto isGap = [&](std::size_t i) { return i >= points.size() || std::isnan(points[i].y()); };
  for (std::size_t i = 0; i < points.size(); ++i)
    if (!isGap(i) && (i == 0 || isGap(i - 1)) && isGap(i + 1)) result.push_back(points[i]);
  return result;
}

}  // namespace modascope
