#include "widgets/slices/tile_cells.h"

#include <algorithm>

namespace modascope {
namespace {

constexpr int kGap = 2;

std::vector<QRect> gridOf(int count, int columns, const QRect& area) {
  const int rows = (count + columns - 1) / columns;
  const int width = (area.width() - kGap * (columns - 1)) / columns;
  const int height = (area.height() - kGap * (rows - 1)) / rows;
  std::vector<QRect> places;
  for (int i = 0; i < count; ++i) {
    places.emplace_back(area.left() + i % columns * (width + kGap),
                        area.top() + i / columns * (height + kGap), width, height);
  }
  return places;
}

/// One at the left, the others above each other beside it.
std::vector<QRect> oneBesideOthers(int count, const QRect& area) {
  QRect left = area, right = area;
  left.setWidth(area.width() * 3 / 5);
  right.setLeft(left.right() + 1 + kGap);
  std::vector<QRect> places = gridOf(count - 1, 1, right);
  places.insert(places.begin(), left);
  return places;
}

int side(const QRect& place) {
  return std::min(place.width(), place.height());
}

/// What the smallest tile shows.
int leastSide(const std::vector<QRect>& places) {
  int least = side(places.front());
  for (const QRect& place : places) least = std::min(least, side(place));
  return least;
}

/// What all tiles show together.
int squares(const std::vector<QRect>& places) {
  int sum = 0;
  for (const QRect& place : places) sum += side(place) * side(place);
  return sum;
}

}  // namespace

std::vector<TileCell> cellsOf(TileLayout layout, const ModalitySchema& schema, ModalityId main,
                              Plane plane) {
  switch (layout) {
    case TileLayout::Planes:
      return {{main, Plane::Axial}, {main, Plane::Coronal}, {main, Plane::Sagittal}};
    case TileLayout::SideBySide:
      return {{main, plane, ShownPrediction::Kept}, {main, plane, ShownPrediction::Live}};
    case TileLayout::Modalities:
      break;
  }
  std::vector<TileCell> cells;
  for (const ModalityId id : schema.ids()) cells.push_back({id, plane});
  return cells;
}

std::vector<QRect> placesOf(TileLayout layout, std::size_t count, const QSize& size) {
  if (count == 0) return {};
  const int n = static_cast<int>(count);
  const QRect area({0, 0}, size);
  std::vector<QRect> best = gridOf(n, 1, area);
  for (int columns = 2; columns <= n; ++columns) {
    std::vector<QRect> places = gridOf(n, columns, area);
    if (leastSide(places) > leastSide(best)) best = std::move(places);
  }
  if (layout != TileLayout::Planes || n == 1) return best;
  const std::vector<QRect> places = oneBesideOthers(n, area);
  constexpr double kGap = 0.85;  // an empty corner looks like something that failed
  return squares(places) > kGap * squares(best) ? places : best;
}

}  // namespace modascope
