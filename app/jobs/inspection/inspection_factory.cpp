#include "app/jobs/inspection/inspection_factory.h"

#include "app/jobs/inspection/feature_inspection.h"
#include "app/jobs/inspection/picture_inspection.h"
#include "app/jobs/inspection/volume_inspection.h"

namespace modascope {

std::unique_ptr<Inspection> makeInspection(Task task) {
  switch (task) {
    case Task::Segmentation3d:
      return std::make_unique<VolumeInspection>();
    case Task::Segmentation2d:
      return std::make_unique<PictureInspection>();
    case Task::Classification:
    case Task::Regression:
      return std::make_unique<FeatureInspection>();
  }
  return nullptr;
}

}  // namespace modascope
