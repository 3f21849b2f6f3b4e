#pragma once

#include <QImage>
#include <QLineF>
#include <QList>
#include <cstdint>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/palette.h"

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

/// Intensities at `low` and below are black, at `high` and above white.
struct IntensityWindow {
  double low = 0;
  double high = 1;
  bool operator==(const IntensityWindow&) const = default;
};

/// The 0.5 and 99.5 % quantiles of the voxels that are not zero; {0, 1} if there are none. Of
/// more than four million voxels every third is looked at.
IntensityWindow autoWindow(const Volume& volume);

/// Grey, one pixel a voxel.
QImage intensityImage(const Volume& volume, const SliceSpec& slice, const IntensityWindow& window);
/// Each voxel in the colour of the innermost region that holds it, opaque; elsewhere transparent.
QImage regionImage(const LabelVolume& labels, const SliceSpec& slice, RegionColours preset);
/// The borders of a region, along the edges of voxels, in pixels of the images above.
QList<QLineF> regionOutline(const LabelVolume& labels, const SliceSpec& slice, Region region);

}  // namespace modascope
