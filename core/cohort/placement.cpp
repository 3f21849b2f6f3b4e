#include "core/cohort/placement.h"

#include <cstdio>

#include "core/volume/resample.h"

namespace modascope {
namespace {

std::string shape(const VoxelGrid& grid) {
  char text[160];
  std::snprintf(text, sizeof text, "%lldx%lldx%lld voxels of %.3gx%.3gx%.3g mm",
                static_cast<long long>(grid.size[0]), static_cast<long long>(grid.size[1]),
                static_cast<long long>(grid.size[2]), grid.spacing[0], grid.spacing[1],
                grid.spacing[2]);
  return text;
}

}  // namespace

Placement placementOf(const VoxelGrid& grid, const VoxelGrid& reference) {
  if (grid.matches(reference)) return Placement::Same;
  return reorientedGrid(grid).matches(reorientedGrid(reference)) ? Placement::OtherOrder
                                                                 : Placement::Elsewhere;
}

std::optional<std::string> placementNote(const std::string& name, const VoxelGrid& grid,
                                         const std::string& referenceName,
                                         const VoxelGrid& reference) {
  switch (placementOf(grid, reference)) {
    case Placement::Same:
      return std::nullopt;
    case Placement::OtherOrder:
      return name + " stores the voxels of " + referenceName +
             " in another order; it is reoriented.";
    case Placement::Elsewhere:
      break;
  }
  if (shape(grid) == shape(reference)) {
    return name + " lies elsewhere in space than " + referenceName +
           "; it is resampled onto its grid.";
  }
  return name + " has another geometry (" + shape(grid) + ") than " + referenceName + " (" +
         shape(reference) + "); it is resampled onto its grid.";
}

}  // namespace modascope
