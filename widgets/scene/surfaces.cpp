#include "widgets/scene/surfaces.h"

#include <algorithm>
#include <cmath>

#include <vtkCleanPolyData.h>
#include <vtkFlyingEdges3D.h>
#include <vtkImageData.h>
#include <vtkPolyData.h>
#include <vtkPolyDataConnectivityFilter.h>
#include <vtkPolyDataNormals.h>
#include <vtkQuadricClustering.h>
#include <vtkWindowedSincPolyDataFilter.h>

#include "widgets/bridge/slice_image.h"
#include "widgets/bridge/voxel_box.h"
#include "widgets/bridge/vtk_image.h"

namespace modascope {
namespace {

/// The region as 0 and 1 in `box` and a border of zeros, which closes its surface.
Volume croppedMask(const LabelVolume& labels, const VoxelBox& box, const Region& region) {
  Volume mask;
  mask.grid = labels.grid;
  for (std::size_t a = 0; a < 3; ++a) mask.grid.size[a] = box.high[a] - box.low[a] + 3;
  mask.grid.origin =
      labels.grid.toWorld({static_cast<double>(box.low[0] - 1), static_cast<double>(box.low[1] - 1),
                           static_cast<double>(box.low[2] - 1)});
  mask.voxels.assign(static_cast<std::size_t>(mask.grid.voxelCount()), 0.0f);
  const std::array<bool, 256> inside = membershipOf(region);
  for (std::int64_t z = box.low[2]; z <= box.high[2]; ++z) {
    for (std::int64_t y = box.low[1]; y <= box.high[1]; ++y) {
      float* out = &mask.at(1, y - box.low[1] + 1, z - box.low[2] + 1);
      for (std::int64_t x = box.low[0]; x <= box.high[0]; ++x)
        *out++ = inside[labels.at(x, y, z)] ? 1.0f : 0.0f;
    }
  }
  return mask;
}

vtkSmartPointer<vtkPolyData> contoured(const Volume& mask) {
  auto contour = vtkSmartPointer<vtkFlyingEdges3D>::New();
  contour->SetInputData(toVtkImage(mask));
  contour->SetValue(0, 0.5);
  contour->ComputeNormalsOff();
  contour->ComputeGradientsOff();
  contour->ComputeScalarsOff();
  contour->Update();
  return contour->GetOutput();
}

vtkSmartPointer<vtkPolyData> smoothed(vtkPolyData* surface, int passes) {
  auto smooth = vtkSmartPointer<vtkWindowedSincPolyDataFilter>::New();
  smooth->SetInputData(surface);
  smooth->SetNumberOfIterations(passes);
  smooth->SetPassBand(0.05);
  smooth->BoundarySmoothingOff();
  smooth->FeatureEdgeSmoothingOff();
  smooth->NonManifoldSmoothingOn();
  smooth->NormalizeCoordinatesOn();
  smooth->Update();
  return smooth->GetOutput();
}

double voxelMm(const VoxelGrid& grid) {
  return 10 * std::cbrt(grid.voxelMl());
}

/// Merges points that are near each other: ten times as fast as collapsing edges one by one, and
/// on a smooth surface hardly to be told from it.
vtkSmartPointer<vtkPolyData> decimated(vtkPolyData* surface, int mostTriangles, double voxelMm) {
  const double excess = static_cast<double>(surface->GetNumberOfPolys()) / mostTriangles;
  if (excess <= 1) return surface;
  std::array<double, 6> b;
  surface->GetBounds(b.data());
  // The contour has a point or so per voxel that it passes: bins of k voxels leave one in k².
  const double bin = voxelMm * std::sqrt(excess);
  const auto bins = [&](int axis) {
    return std::max(2, static_cast<int>((b[2 * axis + 1] - b[2 * axis]) / bin));
  };
  auto cluster = vtkSmartPointer<vtkQuadricClustering>::New();
  cluster->SetInputData(surface);
  cluster->AutoAdjustNumberOfDivisionsOff();
  cluster->SetNumberOfDivisions(bins(0), bins(1), bins(2));
  cluster->CopyCellDataOff();
  cluster->Update();
  return cluster->GetOutput();
}

vtkSmartPointer<vtkPolyData> withNormals(vtkPolyData* surface) {
  auto normals = vtkSmartPointer<vtkPolyDataNormals>::New();
  normals->SetInputData(surface);
  normals->SplittingOff();
  normals->ConsistencyOff();
  normals->Update();
  return normals->GetOutput();
}

vtkSmartPointer<vtkPolyData> surfaceOf(const Volume& mask, const SurfaceOptions& options,
                                       const std::stop_token& stop) {
  vtkSmartPointer<vtkPolyData> surface = contoured(mask);
  if (surface->GetNumberOfPolys() == 0) return nullptr;
  if (!stop.stop_requested()) surface = smoothed(surface, options.smoothing);
  if (!stop.stop_requested())
    surface = decimated(surface, options.mostTriangles, voxelMm(mask.grid));
  return withNormals(surface);
}

/// Above this a voxel is head: zero where the background was cut away, else a tenth of the window.
float headThreshold(const Volume& volume) {
  const auto zeros = std::count(volume.voxels.begin(), volume.voxels.end(), 0.0f);
  if (static_cast<double>(zeros) > 0.05 * static_cast<double>(volume.voxels.size())) return 0.0f;
  const IntensityWindow window = autoWindow(volume);
  return static_cast<float>(window.low + 0.1 * (window.high - window.low));
}

/// How much of each block of `step`³ voxels is head, with a border of zeros.
Volume headShare(const Volume& volume, std::int64_t step) {
  const float threshold = headThreshold(volume);
  const auto& size = volume.grid.size;
  Volume share;
  share.grid = volume.grid;
  const double middle = 0.5 * static_cast<double>(step - 1) - static_cast<double>(step);
  share.grid.origin = volume.grid.toWorld({middle, middle, middle});
  for (std::size_t a = 0; a < 3; ++a) {
    share.grid.size[a] = (size[a] + step - 1) / step + 2;
    share.grid.spacing[a] *= static_cast<double>(step);
  }
  share.voxels.assign(static_cast<std::size_t>(share.grid.voxelCount()), 0.0f);
  const float part = 1.0f / static_cast<float>(step * step * step);
  const bool cutAway = threshold == 0.0f;
  for (std::int64_t z = 0; z < size[2]; ++z) {
    for (std::int64_t y = 0; y < size[1]; ++y) {
      const float* in = &volume.voxels[volume.grid.offset(0, y, z)];
      float* out = &share.at(1, y / step + 1, z / step + 1);
      for (std::int64_t x = 0; x < size[0]; ++x) {
        if (cutAway ? in[x] != 0.0f : in[x] > threshold) out[x / step] += part;
      }
    }
  }
  return share;
}

vtkSmartPointer<vtkPolyData> largestPiece(vtkPolyData* surface) {
  auto pieces = vtkSmartPointer<vtkPolyDataConnectivityFilter>::New();
  pieces->SetInputData(surface);
  pieces->SetExtractionModeToLargestRegion();
  // The filter keeps the points of all pieces.
  auto clean = vtkSmartPointer<vtkCleanPolyData>::New();
  clean->SetInputConnection(pieces->GetOutputPort());
  clean->PointMergingOff();
  clean->Update();
  return clean->GetOutput();
}

}  // namespace

bool SurfaceSet::empty() const {
  return std::all_of(ml.begin(), ml.end(), [](double of) { return of <= 0; });
}

std::int64_t SurfaceSet::triangles() const {
  std::int64_t sum = 0;
  for (const auto& surface : regions)
    if (surface) sum += surface->GetNumberOfCells();
  return sum;
}

SurfaceSet makeSurfaces(const LabelVolume& labels, const RegionSchema& regions,
                        const SurfaceOptions& options, std::stop_token stop) {
  SurfaceSet set{{}, regionsMl(labels, regions), labels.grid};
  set.regions.resize(regions.size());
  const auto box = contentBox(labels);
  if (!box) return set;
  for (std::size_t r = 0; r < regions.size() && !stop.stop_requested(); ++r)
    if (set.ml[r] > 0)
      set.regions[r] = surfaceOf(croppedMask(labels, *box, regions[r]), options, stop);
  return set;
}

vtkSmartPointer<vtkPolyData> makeHeadSurface(const Volume& volume, const SurfaceOptions& options) {
  const auto longest = *std::max_element(volume.grid.size.begin(), volume.grid.size.end());
  const std::int64_t step = std::max<std::int64_t>(1, (longest + 95) / 96);
  const Volume share = headShare(volume, step);
  vtkSmartPointer<vtkPolyData> surface = contoured(share);
  if (surface->GetNumberOfPolys() == 0) return nullptr;
  surface = largestPiece(surface);
  surface = smoothed(surface, options.smoothing);
  return withNormals(decimated(surface, options.mostTriangles, voxelMm(share.grid)));
}

}  // namespace modascope
