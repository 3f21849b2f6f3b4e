#pragma once

#include <QImage>
#include <vector>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/slice_image.h"

namespace modascope {

/// How opaque a value at `position` 0…1 of its scale is drawn: nothing at 0, in full from 1/2 on.
double mapOpacity(double position);

/// Values ≥ 0 in the colours of `map`, whose end is `most`; what is not above 0 is transparent.
QImage magnitudeImage(const Volume& values, const SliceSpec& slice, double most, ColourMap map);
/// The colour of each voxel's class (0: none, else 1 + its place in `colours`), as opaque as its
/// margin, 0…1. Both volumes lie on one grid.
QImage classImage(const LabelVolume& classes, const Volume& margins, const SliceSpec& slice,
                  const std::vector<QColor>& colours);
/// Opaque white where `in` holds the region and `notIn`, on the same grid, does not.
QImage onlyInImage(const LabelVolume& in, const LabelVolume& notIn, const SliceSpec& slice,
                   const Region& region);

}  // namespace modascope
