#include "widgets/scene/slice_plane.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <vector>

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

#include "widgets/bridge/slice_walk.h"

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

/// Which voxels of the slice lie between the first and the last that is not zero, in their row and
/// in their column: the patient, holes and all.
std::vector<char> patientIn(const Volume& volume, const SliceWalk& w) {
  const auto at = [&](int line, int place, bool byRow) {
    return static_cast<std::size_t>(byRow ? line * w.columns + place : place * w.columns + line);
  };
  const auto filled = [&](int line, int place, bool byRow) {
    const int row = byRow ? line : place;
    const int column = byRow ? place : line;
    return volume.voxels[static_cast<std::size_t>(w.start + row * w.down + column * w.right)] != 0;
  };
  std::vector<char> inside(static_cast<std::size_t>(w.rows) * w.columns, 1);
  for (const bool byRow : {true, false}) {
    const int count = byRow ? w.columns : w.rows;
    for (int line = 0; line < (byRow ? w.rows : w.columns); ++line) {
      int first = 0, last = count - 1;
      while (first < count && !filled(line, first, byRow)) inside[at(line, first++, byRow)] = 0;
      while (last > first && !filled(line, last, byRow)) inside[at(line, last--, byRow)] = 0;
    }
  }
  return inside;
}

}  // namespace

SlicePlaneActor::SlicePlaneActor()
    : corners_(vtkSmartPointer<vtkPoints>::New()),
      picture_(vtkSmartPointer<vtkImageData>::New()),
      actor_(vtkSmartPointer<vtkActor>::New()) {
  auto mapper = vtkSmartPointer<vtkPolyDataMapper>::New();
  mapper->SetInputData(picturedQuad(corners_));
  auto texture = vtkSmartPointer<vtkTexture>::New();
  texture->SetInputData(picture_);
  texture->SetColorModeToDirectScalars();
  texture->InterpolateOn();
  texture->EdgeClampOn();
  actor_->SetMapper(mapper);
  actor_->SetTexture(texture);
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
  paint(spec, window_);
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

void SlicePlaneActor::paint(const SliceSpec& slice, const IntensityWindow& window) {
  const QImage grey = intensityImage(*volume_, slice, window);
  const std::vector<char> inside = patientIn(*volume_, walk(volume_->grid, slice));
  picture_->SetDimensions(grey.width(), grey.height(), 1);
  picture_->AllocateScalars(VTK_UNSIGNED_CHAR, 2);
  auto* out = static_cast<unsigned char*>(picture_->GetScalarPointer());
  for (int row = 0; row < grey.height(); ++row) {
    const uchar* line = grey.constScanLine(row);
    const char* in = &inside[static_cast<std::size_t>(row) * grey.width()];
    for (int column = 0; column < grey.width(); ++column) {
      *out++ = line[column];
      *out++ = in[column] ? 255 : 0;
    }
  }
  picture_->Modified();
}

}  // namespace modascope
