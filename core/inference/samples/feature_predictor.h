#pragma once

#include "core/inference/samples/sample_predictor.h"

namespace modascope {

/// Samples of features, scored together: many at once cost little more than one.
class FeaturePredictor : public SamplePredictor {
 public:
  FeaturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                   std::vector<Moments> moments);

 private:
  std::unique_ptr<const Prediction> answersOf(const CaseSource& source, Sample sample,
                                              SamplePredictions predictions) const override;
};

}  // namespace modascope
