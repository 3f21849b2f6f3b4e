#pragma once

#include <QString>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

/// "x −12.0 L  y 34.5 A  z 8.0 S": RAS mm, each with the letter of the side on which the point
/// lies. `worldMm` is LPS.
QString placeWords(const Vec3& worldMm);
/// Nearest voxel's value, "512" or "0.25"; empty outside the volume.
QString valueWords(const Volume& volume, const Vec3& worldMm);
/// The label's name or "background"; empty outside the volume.
QString labelWords(const LabelVolume& labels, const RegionSchema& regions, const Vec3& worldMm);

}  // namespace modascope
