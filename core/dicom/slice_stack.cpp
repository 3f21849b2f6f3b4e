#include "core/dicom/slice_stack.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr double kSameDirection = 1e-4;  // of unit vectors, each component
constexpr double kSameSpacing = 1e-4;    // share
constexpr double kSamePlace = 0.01;      // mm
constexpr double kUneven = 0.02;         // share of the gap
constexpr double kGapOfOneLess = 1.5;    // gaps

double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

Vec3 from(const Vec3& a, const Vec3& b) {
  return {b[0] - a[0], b[1] - a[1], b[2] - a[2]};
}

double distance(const Vec3& a, const Vec3& b) {
  const Vec3 way = from(a, b);
  return std::sqrt(dot(way, way));
}

std::string inMm(double length) {
  char text[32];
  std::snprintf(text, sizeof text, "%.4g mm", length);
  return text;
}

std::string bothFiles(const SliceHeader& a, const SliceHeader& b) {
  return inQuotes(a.file) + " and " + inQuotes(b.file);
}

bool sameDirection(const Vec3& a, const Vec3& b) {
  const Vec3 way = from(a, b);
  return std::all_of(way.begin(), way.end(),
                     [](double d) { return std::abs(d) <= kSameDirection; });
}

bool sameSpacing(double a, double b) {
  return std::abs(a - b) <= kSameSpacing * a;
}

void requireAlike(const SliceHeader& first, const SliceHeader& other) {
  const auto refuse = [&](const std::string& what) {
    throw Error(bothFiles(first, other) + " are slices of one series, but " + what +
                ": they make no volume.");
  };
  if (first.rows != other.rows || first.columns != other.columns)
    refuse("of different sizes (" + std::to_string(first.columns) + " × " +
           std::to_string(first.rows) + " and " + std::to_string(other.columns) + " × " +
           std::to_string(other.rows) + " pixels)");
  if (!sameDirection(first.alongRow, other.alongRow) ||
      !sameDirection(first.alongColumn, other.alongColumn))
    refuse("of different orientations, as in a localizer");
  if (!sameSpacing(first.rowSpacing, other.rowSpacing) ||
      !sameSpacing(first.columnSpacing, other.columnSpacing))
    refuse("of different pixel spacings");
  if (first.frameOfReference != other.frameOfReference) refuse("of different frames of reference");
}

/// The gap that most slices keep.
double usualGap(const std::vector<double>& places) {
  std::vector<double> gaps;
  for (std::size_t i = 1; i < places.size(); ++i) gaps.push_back(places[i] - places[i - 1]);
  const auto middle = gaps.begin() + static_cast<std::ptrdiff_t>(gaps.size() / 2);
  std::nth_element(gaps.begin(), middle, gaps.end());
  return *middle;
}

/// Of places that rise.
void requireEven(const std::vector<SliceHeader>& slices, const std::vector<double>& places) {
  const double usual = usualGap(places);
  for (std::size_t i = 1; i < places.size(); ++i) {
    const double gap = places[i] - places[i - 1];
    const std::string both = bothFiles(slices[i - 1], slices[i]);
    if (gap <= kSamePlace)
      throw Error(both +
                  " lie in the same place: a series of several times or echoes; put one of "
                  "them into a folder of its own.");
    if (gap >= kGapOfOneLess * usual)
      throw Error("Slices are missing between " + both + ": they lie " + inMm(gap) +
                  " apart, others " + inMm(usual) + ".");
    if (std::abs(gap - usual) > kUneven * usual)
      throw Error("The slices are not evenly spaced: " + both + " lie " + inMm(gap) +
                  " apart, others " + inMm(usual) + ".");
  }
}

/// Each slice where a straight and even stack of all has it.
void requireStraight(const std::vector<SliceHeader>& slices, const VoxelGrid& grid) {
  for (std::size_t z = 0; z < slices.size(); ++z) {
    const Vec3 expected = grid.toWorld({0, 0, static_cast<double>(z)});
    if (distance(slices[z].origin, expected) > std::max(kSamePlace, kUneven * grid.spacing[2]))
      throw Error(inQuotes(slices[z].file) + " lies " + inMm(distance(slices[z].origin, expected)) +
                  " beside where an even stack of its series would have it.");
  }
}

VoxelGrid gridOf(const std::vector<SliceHeader>& sorted, const Vec3& normal) {
  const SliceHeader& first = sorted.front();
  VoxelGrid grid;
  grid.size = {first.columns, first.rows, static_cast<std::int64_t>(sorted.size())};
  const Vec3 way = from(first.origin, sorted.back().origin);
  const double length = std::sqrt(dot(way, way));
  grid.spacing = {first.columnSpacing, first.rowSpacing,
                  length / static_cast<double>(sorted.size() - 1)};
  grid.origin = first.origin;
  grid.direction = {first.alongRow, first.alongColumn,
                    Vec3{way[0] / length, way[1] / length, way[2] / length}};
  if (dot(grid.direction[2], normal) < 1 - kSameDirection)
    throw Error("The slices of " + inQuotes(first.file.parent_path()) +
                " do not lie straight above each other, as with a tilted gantry: they make no grid "
                "with right angles.");
  return grid;
}

}  // namespace

VoxelGrid stackSlices(std::vector<SliceHeader>& slices) {
  for (const SliceHeader& slice : slices) requireAlike(slices.front(), slice);
  if (slices.size() < 2)
    throw Error(inQuotes(slices.front().file) +
                " is the only slice of its series in this folder; a volume has two or more.");
  const Vec3 normal = cross(slices.front().alongRow, slices.front().alongColumn);
  const auto place = [&](const SliceHeader& slice) { return dot(normal, slice.origin); };
  std::sort(slices.begin(), slices.end(),
            [&](const SliceHeader& a, const SliceHeader& b) { return place(a) < place(b); });
  std::vector<double> places;
  for (const SliceHeader& slice : slices) places.push_back(place(slice));
  requireEven(slices, places);
  const VoxelGrid grid = gridOf(slices, normal);
  requireStraight(slices, grid);
  return grid;
}

}  // namespace modascope
