#include "core/dicom/series_labels.h"

#include <cstdio>

#include "core/base/error.h"
#include "core/volume/index_map.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

constexpr double kMostOutside = 0.01;  // share of what is labelled

std::string nameOf(const DicomSeries& series) {
  return (series.description.empty() ? "The series"
                                     : "The series " + inQuotes(series.description)) +
         " in " + inQuotes(series.folder);
}

/// Share of the labelled voxels whose centres the series does not hold.
double shareOutside(const LabelVolume& labels, const VoxelGrid& grid) {
  const IndexMap map = indexMap(labels.grid, grid);
  std::int64_t labelled = 0, outside = 0;
  const auto& size = labels.grid.size;
  for (std::int64_t z = 0; z < size[2]; ++z)
    for (std::int64_t y = 0; y < size[1]; ++y)
      for (std::int64_t x = 0; x < size[0]; ++x) {
        if (labels.at(x, y, z) == 0) continue;
        ++labelled;
        const Vec3 index{static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)};
        if (!isInside(map.at(index), grid)) ++outside;
      }
  return labelled == 0 ? 0 : static_cast<double>(outside) / static_cast<double>(labelled);
}

/// Whether any voxel of one has its centre in the other.
bool touch(const VoxelGrid& a, const VoxelGrid& b) {
  const IndexMap map = indexMap(a, b);
  for (std::int64_t z = 0; z < a.size[2]; ++z)
    for (std::int64_t y = 0; y < a.size[1]; ++y)
      for (std::int64_t x = 0; x < a.size[0]; ++x)
        if (isInside(
                map.at({static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)}),
                b))
          return true;
  return false;
}

void requireSamePlace(const LabelVolume& labels, const DicomSeries& series) {
  const double outside = shareOutside(labels, series.grid);
  if (outside >= 1 || !touch(labels.grid, series.grid))
    throw Error(nameOf(series) +
                " lies elsewhere than the case: the two have no place in common. Choose the series "
                "that the case was made from.");
  if (outside <= kMostOutside) return;
  char percent[16];
  std::snprintf(percent, sizeof percent, "%.0f %%", 100 * outside);
  throw Error(nameOf(series) + " does not hold " + percent +
              " of the segmentation. Choose the series that the case was made from.");
}

}  // namespace

LabelVolume labelsOnSeries(const LabelVolume& labels, const DicomSeries& series) {
  if (labels.grid.matches(series.grid)) return {series.grid, labels.voxels};
  requireSamePlace(labels, series);
  return resampleLabels(labels, series.grid);
}

}  // namespace modascope
