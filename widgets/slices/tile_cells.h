#pragma once

#include <QRect>
#include <vector>

#include "core/modality/modality.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/slice_overlays.h"

namespace modascope {

/// Modalities: all of them in one plane. Planes: axial, coronal and sagittal of one modality.
/// SideBySide: one plane of one modality twice, under the kept prediction and under the live one.
enum class TileLayout { Modalities, Planes, SideBySide };

/// What one tile shows.
struct TileCell {
  ModalityId modality;
  Plane plane = Plane::Axial;
  ShownPrediction prediction = ShownPrediction::Live;
  bool operator==(const TileCell&) const = default;
};

/// The tiles of a layout, left to right and down. `main` is the one modality, `plane` the one
/// plane.
std::vector<TileCell> cellsOf(TileLayout layout, const ModalitySchema& schema, ModalityId main,
                              Plane plane);
/// `count` places in `area`, as near to square as it allows: of equal size, except that the first
/// of three planes may be larger than the others beside it.
std::vector<QRect> placesOf(TileLayout layout, std::size_t count, const QSize& area);

}  // namespace modascope
