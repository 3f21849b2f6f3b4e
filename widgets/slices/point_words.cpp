#include "widgets/slices/point_words.h"

#include <QCoreApplication>
#include <cmath>
#include <optional>

#include "widgets/bridge/number_words.h"

namespace modascope {
namespace {

template <typename T>
std::optional<T> nearest(const GridVolume<T>& volume, const Vec3& world) {
  const Vec3 index = volume.grid.toIndex(world);
  std::array<std::int64_t, 3> voxel{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    voxel[axis] = std::llround(index[axis]);
    if (voxel[axis] < 0 || voxel[axis] >= volume.grid.size[axis]) return std::nullopt;
  }
  return volume.at(voxel[0], voxel[1], voxel[2]);
}

}  // namespace

QString placeWords(const Vec3& worldMm) {
  const double x = -worldMm[0];
  const double y = -worldMm[1];
  const double z = worldMm[2];
  return QStringLiteral("x %1 %2  y %3 %4  z %5 %6")
      .arg(signedNumber(x, 1), x < 0 ? QStringLiteral("L") : QStringLiteral("R"))
      .arg(signedNumber(y, 1), y < 0 ? QStringLiteral("P") : QStringLiteral("A"))
      .arg(signedNumber(z, 1), z < 0 ? QStringLiteral("I") : QStringLiteral("S"));
}

QString valueWords(const Volume& volume, const Vec3& worldMm) {
  const auto value = nearest(volume, worldMm);
  if (!value) return {};
  const bool whole = *value == std::round(*value) || std::abs(*value) >= 100;
  return signedNumber(*value, whole ? 0 : 2);
}

QString labelWords(const LabelVolume& labels, const RegionSchema& regions, const Vec3& worldMm) {
  const auto value = nearest(labels, worldMm);
  if (!value) return {};
  if (const auto name = regions.nameOf(*value)) return QString::fromStdString(*name);
  return QCoreApplication::translate("TileGrid", "background");
}

}  // namespace modascope
