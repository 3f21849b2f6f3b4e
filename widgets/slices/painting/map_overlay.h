#pragma once

#include <QColor>
#include <QImage>
#include <QString>
#include <QStringList>
#include <memory>
#include <variant>
#include <vector>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/slice_image.h"

namespace modascope {

/// Values ≥ 0 to lay over a slice, on one scale with those of the other views.
struct MagnitudeMap {
  std::shared_ptr<const Volume> values;
  double most = 0;   ///< the end of the scale; 0: nothing above 0 in any view
  QString quantity;  ///< "attribution"
  ColourMap colours = ColourMap::Inferno;
};

/// One class of a categorical map.
struct MapClass {
  QString mark;  ///< "T1"
  QColor colour;
};

/// Which class is strongest at each voxel, and how clearly.
struct StrongestMap {
  std::shared_ptr<const LabelVolume> strongest;  ///< 0: none, else 1 + its place in `classes`
  std::shared_ptr<const Volume> margins;         ///< 0…1, drawn as opacity
  QString quantity;                              ///< "attribution"
  std::vector<MapClass> classes;
};

using MapOverlay = std::variant<MagnitudeMap, StrongestMap>;

/// Throws `Error` when the map does not lie on `grid`; `name` says of what.
void requireGrid(const MapOverlay& map, const VoxelGrid& grid, const QString& name);
/// Whether nothing of it is above 0.
bool isEmpty(const MapOverlay& map);
/// What its colours mean, a line each: "attribution, 0 to 0.83", "one scale for all".
QStringList scaleWords(const MapOverlay& map);
/// The map's picture of one slice.
QImage mapImage(const MapOverlay& map, const SliceSpec& slice);

}  // namespace modascope
