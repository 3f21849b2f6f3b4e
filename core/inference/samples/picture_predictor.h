#pragma once

#include "core/inference/samples/sample_predictor.h"

namespace modascope {

/// Pictures, one after the other: their sizes differ.
class PicturePredictor : public SamplePredictor {
 public:
  PicturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                   std::vector<Moments> moments);

  std::unique_ptr<const Prediction> predict(const CaseSource& source, const CaseInfo& info,
                                            std::stop_token stop,
                                            const TileProgress& progress) const override;
};

}  // namespace modascope
