#pragma once

#include <vtkSmartPointer.h>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"

class vtkImageData;

namespace modascope {

/// The same voxels on the same grid, direction included: VTK's world is LPS mm too, so a surface
/// made from the result lies where the voxels lie in the patient. Voxels are copied.
vtkSmartPointer<vtkImageData> toVtkImage(const Volume& volume);
vtkSmartPointer<vtkImageData> toVtkImage(const LabelVolume& labels);

/// `intensityImage` as a picture to lay on a surface: grey and alpha, 255 where the patient is and
/// 0 around, the uppermost row first. Without pixels where the volume does not have the slice.
vtkSmartPointer<vtkImageData> toVtkPicture(const Volume& volume, const SliceSpec& slice,
                                           const IntensityWindow& window);

/// An image of `grid` without voxels.
vtkSmartPointer<vtkImageData> emptyVtkImage(const VoxelGrid& grid);

}  // namespace modascope
