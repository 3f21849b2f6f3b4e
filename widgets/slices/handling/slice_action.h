#pragma once

#include <variant>
#include <vector>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"
#include "widgets/slices/painting/slice_geometry.h"
#include "widgets/slices/painting/slice_overlays.h"

namespace modascope {

struct CrosshairTo {
  Vec3 worldMm;
};
struct CrosshairSwitched {};
struct FrameTo {
  ViewFrame frame;
};
struct WindowTo {
  IntensityWindow window;
};
/// The window stays as it is now.
struct WindowDone {
  IntensityWindow before;
};
struct WindowFound {};
struct WipeTo {
  double at = 0.5;  ///< 0…1 of the picture's width, or beyond its ends
};
struct StyleTo {
  OverlayStyle style;
};

/// What mouse or keys ask of a view of a slice.
using SliceAction = std::variant<CrosshairTo, CrosshairSwitched, FrameTo, WindowTo, WindowDone,
                                 WindowFound, WipeTo, StyleTo>;
/// In their order; none: nothing is asked.
using SliceActions = std::vector<SliceAction>;

}  // namespace modascope
