#pragma once

#include <memory>
#include <optional>

#include <vtkActor.h>
#include <vtkSmartPointer.h>

#include "core/volume/volume.h"
#include "widgets/bridge/slice_image.h"

class vtkPoints;
class vtkTexture;

namespace modascope {

/// The slice of `volume` that holds `worldMm`, or the one nearest to it.
struct SlicePlane {
  std::shared_ptr<const Volume> volume;
  Plane plane = Plane::Axial;
  Vec3 worldMm{0, 0, 0};  ///< LPS
  IntensityWindow window;
};

/// A slice in the scene, each voxel where it lies in the patient: grey, opaque, lit by nothing,
/// seen from both sides. Around the patient, where voxels are zero, it is cut away.
class SlicePlaneActor {
 public:
  SlicePlaneActor();

  /// Nothing: hidden. Makes a new picture only of another slice, volume or window.
  void show(const std::optional<SlicePlane>& slice);
  vtkActor* actor() const { return actor_; }

 private:
  void place(const VoxelGrid& grid, const SliceSpec& slice);

  vtkSmartPointer<vtkPoints> corners_;
  vtkSmartPointer<vtkTexture> texture_;
  vtkSmartPointer<vtkActor> actor_;
  std::shared_ptr<const Volume> volume_;
  SliceSpec shown_;
  IntensityWindow window_;
};

}  // namespace modascope
