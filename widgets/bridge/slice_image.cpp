#include "widgets/bridge/slice_image.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

#include "widgets/bridge/slice_walk.h"

namespace modascope {
namespace {

/// Label → colour of the last region that holds it, the innermost of nested ones; transparent
/// outside of all.
std::array<QRgb, 256> innermostColours(const RegionSchema& regions, RegionColours preset) {
  std::array<QRgb, 256> table{};
  for (const Region& region : regions)
    for (const std::uint8_t label : region.labels)
      table[label] = regionColour(region, preset).rgb();
  return table;
}

/// Whether each pixel of a slice is in a region, with a border of one pixel that is not.
class RegionMask {
 public:
  RegionMask(const LabelVolume& labels, const SliceSpec& slice, const Region& region)
      : walk_(walk(labels.grid, slice)), inside_((walk_.columns + 2) * (walk_.rows + 2), 0) {
    const std::array<bool, 256> holds = membershipOf(region);
    for (int row = 0; row < walk_.rows; ++row) {
      const std::uint8_t* voxel = labels.voxels.data() + walk_.start + row * walk_.down;
      char* out = &inside_[(row + 1) * (walk_.columns + 2) + 1];
      for (int column = 0; column < walk_.columns; ++column, voxel += walk_.right) {
        out[column] = holds[*voxel];
      }
    }
  }

  int columns() const { return walk_.columns; }
  int rows() const { return walk_.rows; }
  bool operator()(int column, int row) const {
    return inside_[(row + 1) * (walk_.columns + 2) + column + 1] != 0;
  }

 private:
  SliceWalk walk_;
  std::vector<char> inside_;
};

/// Joins neighbouring edges along one line: `isEdge(position)` for 0…count−1.
template <typename IsEdge, typename Emit>
void runs(int count, const IsEdge& isEdge, const Emit& emit) {
  for (int from = 0; from < count; ++from) {
    if (!isEdge(from)) continue;
    int to = from + 1;
    while (to < count && isEdge(to)) ++to;
    emit(from, to);
    from = to;
  }
}

}  // namespace

IntensityWindow autoWindow(const Volume& volume) {
  const std::size_t step = volume.voxels.size() > 4'000'000 ? 3 : 1;
  std::vector<float> values;
  for (std::size_t i = 0; i < volume.voxels.size(); i += step) {
    const float v = volume.voxels[i];
    if (v != 0 && std::isfinite(v)) values.push_back(v);
  }
  if (values.empty()) return {};
  const auto quantile = [&values](double q) {
    const auto at =
        values.begin() + static_cast<std::ptrdiff_t>(std::llround(q * double(values.size() - 1)));
    std::nth_element(values.begin(), at, values.end());
    return static_cast<double>(*at);
  };
  IntensityWindow window{quantile(0.005), quantile(0.995)};
  if (window.high <= window.low) window.high = window.low + 1;
  return window;
}

QImage intensityImage(const Volume& volume, const SliceSpec& slice, const IntensityWindow& window) {
  if (!holdsSlice(volume.grid, slice)) return {};
  const SliceWalk w = walk(volume.grid, slice);
  const float low = static_cast<float>(window.low);
  const float gain = 255.0f / std::max(1e-12f, static_cast<float>(window.high - window.low));
  QImage image(w.columns, w.rows, QImage::Format_Grayscale8);
  for (int row = 0; row < w.rows; ++row) {
    const float* voxel = volume.voxels.data() + w.start + row * w.down;
    uchar* out = image.scanLine(row);
    for (int column = 0; column < w.columns; ++column, voxel += w.right) {
      const float grey = (*voxel - low) * gain;
      out[column] = static_cast<uchar>(std::min(255.0f, std::max(0.0f, grey)) + 0.5f);
    }
  }
  return image;
}

QImage regionImage(const LabelVolume& labels, const SliceSpec& slice, const RegionSchema& regions,
                   RegionColours preset) {
  const std::array<QRgb, 256> table = innermostColours(regions, preset);
  return pictureOf(labels.grid, slice,
                   [&](std::size_t voxel) { return table[labels.voxels[voxel]]; });
}

QList<QLineF> regionOutline(const LabelVolume& labels, const SliceSpec& slice,
                            const Region& region) {
  QList<QLineF> lines;
  if (!holdsSlice(labels.grid, slice)) return lines;
  const RegionMask inside(labels, slice, region);
  for (int row = 0; row <= inside.rows(); ++row) {
    runs(
        inside.columns(), [&](int c) { return inside(c, row - 1) != inside(c, row); },
        [&](int from, int to) {
          lines.append({double(from), double(row), double(to), double(row)});
        });
  }
  for (int column = 0; column <= inside.columns(); ++column) {
    runs(
        inside.rows(), [&](int r) { return inside(column - 1, r) != inside(column, r); },
        [&](int from, int to) {
          lines.append({double(column), double(from), double(column), double(to)});
        });
  }
  return lines;
}

}  // namespace modascope
