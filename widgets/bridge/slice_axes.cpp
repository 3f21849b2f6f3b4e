#include "widgets/bridge/slice_axes.h"

namespace modascope {

ScreenAxes screenAxes(Plane plane, Convention convention) {
  const bool neurological = convention == Convention::Neurological;
  switch (plane) {
    case Plane::Coronal:
      return {0, neurological, 2, true, 1};
    case Plane::Sagittal:
      return {1, false, 2, true, 0};
    case Plane::Axial:
      break;
  }
  return {0, neurological, 1, false, 2};
}

}  // namespace modascope
