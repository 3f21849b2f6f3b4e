#include "widgets/slices/painting/map_overlay.h"

#include <QCoreApplication>
#include <algorithm>

#include "core/base/error.h"
#include "widgets/bridge/map_image.h"

namespace modascope {
namespace {

QString tr(const char* text) {
  return QCoreApplication::translate("MapOverlay", text);
}

const Volume& valuesOf(const MapOverlay& map) {
  if (const auto* magnitude = std::get_if<MagnitudeMap>(&map)) return *magnitude->values;
  return *std::get<StrongestMap>(map).margins;
}

}  // namespace

void requireGrid(const MapOverlay& map, const VoxelGrid& grid, const QString& name) {
  const auto* strongest = std::get_if<StrongestMap>(&map);
  if (valuesOf(map).grid.matches(grid) &&
      (strongest == nullptr || strongest->strongest->grid.matches(grid))) {
    return;
  }
  throw Error(tr("The map does not lie on the grid of %1, so it cannot be shown over it.")
                  .arg(name)
                  .toStdString());
}

bool isEmpty(const MapOverlay& map) {
  const auto& values = valuesOf(map).voxels;
  return std::none_of(values.begin(), values.end(), [](float v) { return v > 0; });
}

QStringList scaleWords(const MapOverlay& map) {
  if (const auto* magnitude = std::get_if<MagnitudeMap>(&map)) {
    return {tr("%1, 0 to %2").arg(magnitude->quantity, QString::number(magnitude->most, 'g', 3)),
            tr("one scale for all")};
  }
  return {tr("strongest %1").arg(std::get<StrongestMap>(map).quantity),
          tr("opacity: margin, 0 to 1")};
}

QImage mapImage(const MapOverlay& map, const SliceSpec& slice) {
  if (const auto* magnitude = std::get_if<MagnitudeMap>(&map)) {
    return magnitudeImage(*magnitude->values, slice, magnitude->most, magnitude->colours);
  }
  const auto& strongest = std::get<StrongestMap>(map);
  std::vector<QColor> colours;
  for (const MapClass& one : strongest.classes) colours.push_back(one.colour);
  return classImage(*strongest.strongest, *strongest.margins, slice, colours);
}

}  // namespace modascope
