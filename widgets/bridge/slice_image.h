#pragma once

#include <QImage>
#include <QLineF>
#include <QList>

#include "core/volume/labels.h"
#include "core/volume/volume.h"
#include "widgets/bridge/palette.h"
#include "widgets/bridge/slice_axes.h"

namespace modascope {

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
QImage regionImage(const LabelVolume& labels, const SliceSpec& slice, const RegionSchema& regions,
                   RegionColours preset);
/// The borders of a region, along the edges of voxels, in pixels of the images above.
QList<QLineF> regionOutline(const LabelVolume& labels, const SliceSpec& slice,
                            const Region& region);

}  // namespace modascope
