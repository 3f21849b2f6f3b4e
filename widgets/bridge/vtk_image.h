#pragma once

#include <vtkSmartPointer.h>

#include "core/volume/volume.h"

class vtkImageData;

namespace modascope {

/// The same voxels on the same grid, direction included: VTK's world is LPS mm too, so a surface
/// made from the result lies where the voxels lie in the patient. Voxels are copied.
vtkSmartPointer<vtkImageData> toVtkImage(const Volume& volume);
vtkSmartPointer<vtkImageData> toVtkImage(const LabelVolume& labels);

/// An image of `grid` without voxels.
vtkSmartPointer<vtkImageData> emptyVtkImage(const VoxelGrid& grid);

}  // namespace modascope
