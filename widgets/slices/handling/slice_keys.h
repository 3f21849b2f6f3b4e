#pragma once

#include "widgets/slices/handling/slice_action.h"
#include "widgets/slices/painting/slice_place.h"

class QKeyEvent;

namespace modascope {

/// What a key asks of a slice with these overlays and, `mapped`, a map over it; none: it is not for
/// it. PageUp and PageDown = slice, arrows = 1 voxel, S overlay, O outlines, T truth and
/// differences, A/D opacity (of the map, where there is one), X crosshair, R whole slice, Ctrl+J
/// auto window; where there is a wipe [ and ] move it by 5 %.
SliceActions actionsOf(const QKeyEvent& event, const SlicePlace& place,
                       const SliceOverlays& overlays, bool mapped);

}  // namespace modascope
