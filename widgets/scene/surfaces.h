#pragma once

#include <array>
#include <cstdint>
#include <stop_token>

#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

struct SurfaceOptions {
  int smoothing = 20;         ///< passes of the windowed sinc filter
  int mostTriangles = 20000;  ///< per surface, roughly; more are thinned out
};

/// The nested regions as closed surfaces in the patient (LPS mm), in the order of `kRegions`: WT
/// holds TC holds ET. An empty region has no surface. Immutable; cheap to copy.
struct SurfaceSet {
  std::array<vtkSmartPointer<vtkPolyData>, kRegions.size()> regions;
  std::array<double, kRegions.size()> ml{0, 0, 0};  ///< from voxels, not from the surfaces
  VoxelGrid grid;

  bool empty() const { return ml[0] <= 0; }
  std::int64_t triangles() const;
};

/// For any thread. Gives up early, with what it has, when `stop` is asked for.
SurfaceSet makeSurfaces(const LabelVolume& labels, const SurfaceOptions& options = {},
                        std::stop_token stop = {});

/// The outer surface of what is not background (zero), coarse. For any thread.
vtkSmartPointer<vtkPolyData> makeHeadSurface(const Volume& volume,
                                             const SurfaceOptions& options = {30, 12000});

}  // namespace modascope
