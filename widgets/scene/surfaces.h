#pragma once

#include <cstdint>
#include <stop_token>
#include <vector>

#include <vtkPolyData.h>
#include <vtkSmartPointer.h>

#include "core/volume/labels.h"
#include "core/volume/volume.h"

namespace modascope {

struct SurfaceOptions {
  int smoothing = 20;         ///< passes of the windowed sinc filter
  int mostTriangles = 20000;  ///< per surface, roughly; more are thinned out
};

/// The regions as closed surfaces in the patient (LPS mm), in the schema's order. An empty region
/// has no surface. Immutable; cheap to copy.
struct SurfaceSet {
  std::vector<vtkSmartPointer<vtkPolyData>> regions;
  std::vector<double> ml;  ///< from voxels, not from the surfaces
  VoxelGrid grid;

  bool empty() const;
  std::int64_t triangles() const;
};

/// For any thread. Gives up early, with what it has, when `stop` is asked for.
SurfaceSet makeSurfaces(const LabelVolume& labels, const RegionSchema& regions,
                        const SurfaceOptions& options = {}, std::stop_token stop = {});

/// The outer surface of what is not background (zero), coarse. For any thread.
vtkSmartPointer<vtkPolyData> makeHeadSurface(const Volume& volume,
                                             const SurfaceOptions& options = {30, 12000});

}  // namespace modascope
