#pragma once

#include <cstddef>
#include <cstdint>

namespace modascope {

enum class Plane { Axial, Coronal, Sagittal };

/// Radiological: the patient's right is on the left of the screen. Neurological: on the right.
/// A sagittal plane has the patient's front on the left in both.
enum class Convention { Radiological, Neurological };

/// One slice of a volume. `index` counts along the axis that the plane is at right angles to.
struct SliceSpec {
  Plane plane = Plane::Axial;
  Convention convention = Convention::Radiological;
  std::int64_t index = 0;
  bool operator==(const SliceSpec&) const = default;
};

/// Which axis of a volume (oriented closest to L, P, S) runs where on the screen. `flipped`: the
/// index falls towards the right or the bottom.
struct ScreenAxes {
  std::size_t right;
  bool rightFlipped;
  std::size_t down;
  bool downFlipped;
  std::size_t through;
};
ScreenAxes screenAxes(Plane plane, Convention convention);

}  // namespace modascope
