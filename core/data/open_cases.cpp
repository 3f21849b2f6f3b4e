#include "core/data/open_cases.h"

#include "core/data/feature_source.h"
#include "core/data/picture_source.h"
#include "core/data/volume_source.h"
#include "core/problem/task_facts.h"

namespace modascope {

std::shared_ptr<const CaseSource> openCases(const Cohort& cohort, const std::stop_token& stop) {
  switch (factsOf(cohort.problem.task).data) {
    case DataKind::Volumes:
      return std::make_shared<const VolumeSource>(cohort);
    case DataKind::Pictures:
      return std::make_shared<const PictureSource>(inspectImages(cohort.folder));
    case DataKind::Features:
      break;
  }
  FeatureFileInfo info = inspectFeatures(cohort.folder, stop);
  info.problem = cohort.problem;
  return std::make_shared<const FeatureSource>(std::move(info), stop);
}

}  // namespace modascope
