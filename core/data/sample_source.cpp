#include "core/data/sample_source.h"

#include "core/data/feature_source.h"

namespace modascope {

std::shared_ptr<const SampleSource> openSamples(const Cohort& cohort) {
  FeatureFileInfo info = inspectFeatures(cohort.folder);
  info.problem = cohort.problem();
  return std::make_shared<const FeatureSource>(std::move(info));
}

}  // namespace modascope
