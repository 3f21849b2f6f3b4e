#pragma once

#include <QString>

#include "widgets/slices/painting/slice_legend.h"
#include "widgets/slices/painting/slice_place.h"
#include "widgets/slices/tile_header.h"

namespace modascope {

/// "T1ce, left out, axial slice 6 of 11": a view in words, for those who do not see it.
QString sliceWords(const TileHeader& header, const SlicePlace& place);
/// What the colours mean, likewise.
QString legendWords(const SliceLegend& legend);

}  // namespace modascope
