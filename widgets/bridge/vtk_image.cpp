#include "widgets/bridge/vtk_image.h"

#include <algorithm>

#include <vtkDataArray.h>
#include <vtkImageData.h>
#include <vtkPointData.h>
#include <vtkType.h>

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

}  // namespace modascope
