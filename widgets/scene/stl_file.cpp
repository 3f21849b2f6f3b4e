#include "widgets/scene/stl_file.h"

#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <ostream>
#include <string>

#include <vtkIdList.h>

#include "core/base/error.h"
#include "core/files/atomic_file.h"

namespace modascope {
namespace {

static_assert(std::endian::native == std::endian::little, "STL is little-endian");

constexpr std::size_t kHeader = 80;

template <typename Value>
void put(std::ostream& out, const Value& value) {
  out.write(reinterpret_cast<const char*>(&value), sizeof value);
}

using Point = std::array<double, 3>;

std::array<float, 3> normalOf(const std::array<Point, 3>& p) {
  Point a{}, b{};
  for (std::size_t i = 0; i < 3; ++i) a[i] = p[1][i] - p[0][i], b[i] = p[2][i] - p[0][i];
  const Point n{a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]};
  const double length = std::hypot(n[0], n[1], n[2]);
  std::array<float, 3> unit{};
  for (std::size_t i = 0; i < 3 && length > 0; ++i) unit[i] = static_cast<float>(n[i] / length);
  return unit;
}

void putTriangle(std::ostream& out, vtkPolyData& surface, vtkIdList& corners) {
  std::array<Point, 3> points;
  for (vtkIdType i = 0; i < 3; ++i)
    surface.GetPoint(corners.GetId(i), points[static_cast<std::size_t>(i)].data());
  put(out, normalOf(points));
  for (const Point& point : points)
    for (const double coordinate : point) put(out, static_cast<float>(coordinate));
  put(out, std::uint16_t{0});
}

}  // namespace

void writeStl(const std::filesystem::path& file, const SurfaceSet& surfaces, const Region& region) {
  vtkPolyData* surface = surfaces.regions[region.place];
  const std::string& name = region.label;
  if (surface == nullptr || surface->GetNumberOfCells() == 0)
    throw Error("No voxel was predicted as " + name + ", so there is no surface to write.");
  std::string header = "Modascope " + name + " SPACE=LPS mm";
  header.resize(kHeader, ' ');
  writeAtomically(file, [&](std::ostream& out) {
    out << header;
    put(out, static_cast<std::uint32_t>(surface->GetNumberOfCells()));
    const auto corners = vtkSmartPointer<vtkIdList>::New();
    for (vtkIdType cell = 0; cell < surface->GetNumberOfCells(); ++cell) {
      surface->GetCellPoints(cell, corners);
      putTriangle(out, *surface, *corners);
    }
  });
}

}  // namespace modascope
