#include "core/dicom/frame_stack.h"

#include <algorithm>
#include <cmath>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr double kSame = 1e-4;       // of directions, and as a share of spacings
constexpr double kBeside = 0.1;      // share of the spacing
constexpr double kMostSlices = 1e5;  // beyond that the spacing is wrong

double dot(const Vec3& a, const Vec3& b) {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

Vec3 cross(const Vec3& a, const Vec3& b) {
  return {a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
}

bool same(const Vec3& a, const Vec3& b) {
  return std::abs(a[0] - b[0]) <= kSame && std::abs(a[1] - b[1]) <= kSame &&
         std::abs(a[2] - b[2]) <= kSame;
}

bool isSquare(const SegFrame& frame) {
  constexpr double kSquare = 1e-3;
  const auto& [row, column] = frame.along;
  return std::abs(dot(row, row) - 1) <= kSquare && std::abs(dot(column, column) - 1) <= kSquare &&
         std::abs(dot(row, column)) <= kSquare && frame.rowSpacing > 0 && frame.columnSpacing > 0;
}

void requireAlike(const std::filesystem::path& file, const std::vector<SegFrame>& frames) {
  const SegFrame& first = frames.front();
  for (const SegFrame& frame : frames) {
    if (!isSquare(frame))
      throw Error(inQuotes(file) + " states an orientation or a pixel spacing that cannot be.");
    if (!same(frame.along[0], first.along[0]) || !same(frame.along[1], first.along[1]) ||
        std::abs(frame.rowSpacing - first.rowSpacing) > kSame * first.rowSpacing ||
        std::abs(frame.columnSpacing - first.columnSpacing) > kSame * first.columnSpacing)
      throw Error(inQuotes(file) + " has frames of different orientations or spacings.");
  }
}

/// As stated, or the smallest step between two frames; 1 mm of frames that all lie in one plane.
double sliceSpacing(const std::vector<SegFrame>& frames, std::vector<double> places) {
  if (frames.front().sliceSpacing > 0) return frames.front().sliceSpacing;
  std::sort(places.begin(), places.end());
  double smallest = 0;
  for (std::size_t i = 1; i < places.size(); ++i) {
    const double step = places[i] - places[i - 1];
    if (step > kSame && (smallest == 0 || step < smallest)) smallest = step;
  }
  return smallest > 0 ? smallest : 1;
}

void setSlices(const std::filesystem::path& file, std::vector<SegFrame>& frames,
               const VoxelGrid& grid) {
  for (SegFrame& frame : frames) {
    const Vec3 index = grid.toIndex(frame.origin);
    const double slice = std::round(index[2]);
    if (!(std::abs(index[0]) <= kBeside && std::abs(index[1]) <= kBeside &&
          std::abs(index[2] - slice) <= kBeside && slice >= 0 && slice < kMostSlices))
      throw Error(inQuotes(file) + " has frames that do not lie evenly above each other.");
    frame.slice = static_cast<std::int64_t>(slice);
  }
}

}  // namespace

VoxelGrid stackFrames(const std::filesystem::path& file, std::vector<SegFrame>& frames,
                      std::int64_t columns, std::int64_t rows) {
  requireAlike(file, frames);
  const SegFrame& first = frames.front();
  const Vec3 normal = cross(first.along[0], first.along[1]);
  std::vector<double> places;
  for (const SegFrame& frame : frames) places.push_back(dot(normal, frame.origin));
  const auto lowest = std::min_element(places.begin(), places.end()) - places.begin();
  VoxelGrid grid;
  grid.spacing = {first.columnSpacing, first.rowSpacing, sliceSpacing(frames, places)};
  grid.origin = frames[static_cast<std::size_t>(lowest)].origin;
  grid.direction = {first.along[0], first.along[1], normal};
  setSlices(file, frames, grid);
  std::int64_t last = 0;
  for (const SegFrame& frame : frames) last = std::max(last, frame.slice);
  grid.size = {columns, rows, last + 1};
  return grid;
}

}  // namespace modascope
