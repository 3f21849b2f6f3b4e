#include "app/jobs/inspection/inspection_factory.h"

#include "app/jobs/inspection/feature_inspection.h"
#include "app/jobs/inspection/picture_inspection.h"
#include "app/jobs/inspection/volume_inspection.h"
#include "core/problem/task_facts.h"

namespace modascope {

std::unique_ptr<Inspection> makeInspection(Task task) {
  switch (factsOf(task).data) {
    case DataKind::Volumes:
      return std::make_unique<VolumeInspection>();
    case DataKind::Pictures:
      return std::make_unique<PictureInspection>();
    case DataKind::Features:
      return std::make_unique<FeatureInspection>();
  }
  return nullptr;
}

}  // namespace modascope
