#include "widgets/scene/slice_plane.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <vtkCellArray.h>
#include <vtkFloatArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkPoints.h>
#include <vtkPolyData.h>
#include <vtkPolyDataMapper.h>
#include <vtkProperty.h>
#include <vtkShaderProperty.h>
#include <vtkTexture.h>

#include "widgets/bridge/vtk_image.h"

namespace modascope {
namespace {

constexpr const char* kCutAway = R"(//VTK::TCoord::Impl
  if (gl_FragData[0].a < 0.5) discard;
)";

/// Of the picture, in their order around it.
struct Corner {
  bool right, down;
};
constexpr std::array<Corner, 4> kCorners{Corner{false, false}, Corner{true, false},
                                         Corner{true, true}, Corner{false, true}};

/// A texture's first row is the picture's uppermost.
vtkSmartPointer<vtkPolyData> picturedQuad(vtkPoints* corners) {
  corners->SetDataTypeToDouble();
  corners->SetNumberOfPoints(kCorners.size());
  auto places = vtkSmartPointer<vtkFloatArray>::New();
  places->SetNumberOfComponents(2);
  auto cells = vtkSmartPointer<vtkCellArray>::New();
  cells->InsertNextCell(kCorners.size());
  for (vtkIdType c = 0; c < static_cast<vtkIdType>(kCorners.size()); ++c) {
    corners->SetPoint(c, 0, 0, 0);
    places->InsertNextTuple2(kCorners[c].right, kCorners[c].down);
    cells->InsertCellPoint(c);
  }
  auto quad = vtkSmartPointer<vtkPolyData>::New();
  quad->SetPoints(corners);
  quad->SetPolys(cells);
  quad->GetPointData()->SetTCoords(places);
  return quad;
}

SliceSpec sliceAt(const SlicePlane& plane) {
  const std::size_t through = screenAxes(plane.plane, Convention::Radiological).through;
  const VoxelGrid& grid = plane.volume->grid;
  const double last = std::max(0.0, static_cast<double>(grid.size[through] - 1));
  const double index = std::round(grid.toIndex(plane.worldMm)[through]);
  return {plane.plane, Convention::Radiological,
          static_cast<std::int64_t>(std::clamp(index, 0.0, last))};
}

}  // namespace

SlicePlaneActor::SlicePlaneActor()
    : corners_(vtkSmartPointer<vtkPoints>::New()),
      texture_(vtkSmartPointer<vtkTexture>::New()),
      actor_(vtkSmartPointer<vtkActor>::New()) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(picturedQuad(corners_));
  texture_->SetColorModeToDirectScalars();
  texture_->InterpolateOn();
  texture_->EdgeClampOn();
  actor_->SetMapper(mapper);
  actor_->SetTexture(texture_);
  actor_->GetProperty()->LightingOff();
  // Its picture has alpha, which only cuts: the depth must be written.
  actor_->ForceOpaqueOn();
  actor_->GetShaderProperty()->AddFragmentShaderReplacement("//VTK::TCoord::Impl", false, kCutAway,
                                                            false);
  actor_->SetVisibility(false);
}

void SlicePlaneActor::show(const std::optional<SlicePlane>& slice) {
  const bool any = slice && slice->volume && slice->volume->grid.voxelCount() > 0;
  actor_->SetVisibility(any);
  if (!any) {
    volume_.reset();
    return;
  }
  const SliceSpec spec = sliceAt(*slice);
  if (slice->volume == volume_ && spec == shown_ && slice->window == window_) return;
  volume_ = slice->volume;
  shown_ = spec;
  window_ = slice->window;
  place(volume_->grid, spec);
  texture_->SetInputData(toVtkPicture(*volume_, spec, window_));
}

/// The picture's corners: the outer borders of the voxels there.
void SlicePlaneActor::place(const VoxelGrid& grid, const SliceSpec& slice) {
  const ScreenAxes axes = screenAxes(slice.plane, slice.convention);
  const auto corner = [&](bool right, bool down) {
    const auto border = [&](std::size_t axis, bool far) {
      return far ? static_cast<double>(grid.size[axis]) - 0.5 : -0.5;
    };
    Vec3 index;
    index[axes.through] = static_cast<double>(slice.index);
    index[axes.right] = border(axes.right, right != axes.rightFlipped);
    index[axes.down] = border(axes.down, down != axes.downFlipped);
    return grid.toWorld(index);
  };
  for (vtkIdType c = 0; c < 4; ++c) {
    corners_->SetPoint(c, corner(kCorners[c].right, kCorners[c].down).data());
  }
  corners_->Modified();
}

}  // namespace modascope
