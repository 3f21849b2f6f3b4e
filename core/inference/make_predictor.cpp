#include "core/inference/make_predictor.h"

#include "core/data/volume_source.h"
#include "core/inference/samples/feature_predictor.h"
#include "core/inference/samples/picture_predictor.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

SegmenterOptions optionsOf(const RunConfig& config, const DataFit& fit,
                           const RegionSchema& regions) {
  SegmenterOptions options;
  options.window = config.train.crop;
  options.preprocessing = config.data.preprocessing;
  options.spacing = spacingOf(fit);
  options.regions = regions;
  return options;
}

}  // namespace

std::shared_ptr<const Predictor> makePredictor(std::shared_ptr<const MultimodalModel> network,
                                               const RunConfig& config, const DataFit& fit,
                                               const Problem& problem) {
  switch (factsOf(problem.task).data) {
    case DataKind::Volumes:
      return std::make_shared<const VolumePredictor>(
          Segmenter(std::move(network), optionsOf(config, fit, problem.regions)), problem.schema);
    case DataKind::Pictures:
      return std::make_shared<const PicturePredictor>(std::move(network), problem, fit.moments);
    case DataKind::Features:
      break;
  }
  return std::make_shared<const FeaturePredictor>(std::move(network), problem, fit.moments);
}

}  // namespace modascope
