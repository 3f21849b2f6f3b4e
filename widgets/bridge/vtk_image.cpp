#include "widgets/bridge/vtk_image.h"

#include <algorithm>
#include <vector>

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkType.h>

#include "widgets/bridge/slice_walk.h"

namespace modascope {
namespace {

template <typename T>
vtkSmartPointer<vtkImageData> withVoxels(const GridVolume<T>& volume, int vtkType) {
  auto image = emptyVtkImage(volume.grid);
  image->AllocateScalars(vtkType, 1);
  std::copy(volume.voxels.begin(), volume.voxels.end(),
            static_cast<T*>(image->GetPointData()->GetScalars()->GetVoidPointer(0)));
  return image;
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

vtkSmartPointer<vtkImageData> emptyVtkImage(const VoxelGrid& grid) {
  auto image = vtkSmartPointer<vtkImageData>::New();
  image->SetDimensions(static_cast<int>(grid.size[0]), static_cast<int>(grid.size[1]),
                       static_cast<int>(grid.size[2]));
  image->SetSpacing(grid.spacing.data());
  image->SetOrigin(grid.origin.data());
  const auto& [i, j, k] = grid.direction;
  image->SetDirectionMatrix(i[0], j[0], k[0], i[1], j[1], k[1], i[2], j[2], k[2]);
  return image;
}

vtkSmartPointer<vtkImageData> toVtkImage(const Volume& volume) {
  return withVoxels(volume, VTK_FLOAT);
}

vtkSmartPointer<vtkImageData> toVtkImage(const LabelVolume& labels) {
  return withVoxels(labels, VTK_UNSIGNED_CHAR);
}

vtkSmartPointer<vtkImageData> toVtkPicture(const Volume& volume, const SliceSpec& slice,
                                           const IntensityWindow& window) {
  auto picture = vtkSmartPointer<vtkImageData>::New();
  if (!holdsSlice(volume.grid, slice)) return picture;
  const QImage grey = intensityImage(volume, slice, window);
  const std::vector<char> inside = patientIn(volume, walk(volume.grid, slice));
  picture->SetDimensions(grey.width(), grey.height(), 1);
  picture->AllocateScalars(VTK_UNSIGNED_CHAR, 2);
  auto* out = static_cast<unsigned char*>(picture->GetScalarPointer());
  for (int row = 0; row < grey.height(); ++row) {
    const uchar* line = grey.constScanLine(row);
    const char* in = &inside[static_cast<std::size_t>(row) * grey.width()];
    for (int column = 0; column < grey.width(); ++column) {
      *out++ = line[column];
      *out++ = in[column] ? 255 : 0;
    }
  }
  return picture;
}

}  // namespace modascope
