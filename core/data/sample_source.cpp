#include "core/data/sample_source.h"

#include "core/data/feature_source.h"
#include "core/data/image_source.h"

namespace modascope {

std::shared_ptr<const SampleSource> openSamples(const Cohort& cohort, const std::stop_token& stop) {
  if (cohort.task == Task::Segmentation2d)
    return std::make_shared<const ImageSource>(inspectImages(cohort.folder));
  FeatureFileInfo info = inspectFeatures(cohort.folder, stop);
  info.problem = cohort.problem();
  return std::make_shared<const FeatureSource>(std::move(info), stop);
}

}  // namespace modascope
