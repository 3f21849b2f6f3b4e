#include "widgets/bridge/map_image.h"

#include <algorithm>
#include <array>

#include "widgets/bridge/slice_walk.h"

namespace modascope {
namespace {

QRgb premultiplied(const QColor& colour, double opacity) {
  const int alpha = static_cast<int>(255 * std::clamp(opacity, 0.0, 1.0) + 0.5);
  return qPremultiply(qRgba(colour.red(), colour.green(), colour.blue(), alpha));
}

/// The colours of a scale in 256 steps; the lowest is transparent.
std::array<QRgb, 256> coloursOf(ColourMap map) {
  std::array<QRgb, 256> table{};
  for (std::size_t step = 0; step < table.size(); ++step) {
    const double position = static_cast<double>(step) / 255;
    table[step] = premultiplied(mapped(map, position), mapOpacity(position));
  }
  return table;
}

}  // namespace

double mapOpacity(double position) {
  return std::clamp(2 * position, 0.0, 1.0);
}

QImage magnitudeImage(const Volume& values, const SliceSpec& slice, double most, ColourMap map) {
  const std::array<QRgb, 256> table = coloursOf(map);
  const float gain = most > 0 ? 255.0f / static_cast<float>(most) : 0.0f;
  return pictureOf(values.grid, slice, [&](std::size_t voxel) {
    const float step = values.voxels[voxel] * gain;
    return step > 0 ? table[static_cast<std::size_t>(std::min(255.0f, step + 0.5f))] : 0u;
  });
}

QImage classImage(const LabelVolume& classes, const Volume& margins, const SliceSpec& slice,
                  const std::vector<QColor>& colours) {
  return pictureOf(classes.grid, slice, [&](std::size_t voxel) {
    const std::size_t which = classes.voxels[voxel];
    const float margin = margins.voxels[voxel];
    if (which == 0 || which > colours.size() || !(margin > 0)) return 0u;
    return premultiplied(colours[which - 1], margin);
  });
}

QImage onlyInImage(const LabelVolume& in, const LabelVolume& notIn, const SliceSpec& slice,
                   const Region& region) {
  const std::array<bool, 256> holds = membershipOf(region);
  return pictureOf(in.grid, slice, [&](std::size_t voxel) {
    return holds[in.voxels[voxel]] && !holds[notIn.voxels[voxel]] ? 0xffffffffu : 0u;
  });
}

}  // namespace modascope
