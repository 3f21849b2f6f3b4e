#include "widgets/plots/angles/angle_grid.h"

#include <algorithm>
#include <cmath>

namespace modascope {
namespace {

constexpr double kBarWidth = 10;
constexpr double kBarSpace = 56;  ///< bar, gap and its numbers

}  // namespace

AngleGrid::AngleGrid(const QRectF& area, const Count& count) : subsets_(count.subsets) {
  const double names = chooseSides(area.width() - kBarSpace, area.height(), count);
  const double length = side_ * static_cast<double>(std::max<std::size_t>(count.subsets, 1));
  all_ = QRectF(area.left() + names, area.top() + names, length, length);
  bar_ = QRectF(all_.right() + 14, all_.top(), kBarWidth, length);
}

double AngleGrid::chooseSides(double width, double height, const Count& count) {
  const auto subsets = static_cast<double>(std::max<std::size_t>(count.subsets, 1));
  const auto sideBeside = [&](double names) {
    return std::max(1.0, std::min(width - names, height - names) / subsets);
  };
  const auto namesOf = [&](double dot) {
    return dot * 1.25 * static_cast<double>(count.modalities) + 4;
  };
  // The dots shrink with the cells, so the grid and its names fill the area together.
  double dot = 9;
  while (dot > 3 && dot > sideBeside(namesOf(dot)) * 0.8) dot -= 0.5;
  const bool dotted = dot <= sideBeside(namesOf(dot));
  if (dotted) dot_ = dot;
  const double names = dotted ? namesOf(dot) : kSizeSpace;
  side_ = sideBeside(names);
  if (side_ > 14) side_ = std::floor(side_);
  return names;
}

QRectF AngleGrid::cell(const Cell& cell) const {
  return {all_.left() + static_cast<double>(cell.column) * side_,
          all_.top() + static_cast<double>(cell.row) * side_, side_, side_};
}

std::optional<AngleGrid::Cell> AngleGrid::cellAt(const QPointF& place) const {
  if (subsets_ == 0 || !all_.contains(place)) return std::nullopt;
  const auto index = [&](double offset) {
    return std::min(static_cast<std::size_t>(offset / side_), subsets_ - 1);
  };
  return Cell{index(place.y() - all_.top()), index(place.x() - all_.left())};
}

}  // namespace modascope
