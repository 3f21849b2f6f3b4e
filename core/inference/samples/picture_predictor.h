#pragma once

#include "core/imagefolder/picture_values.h"
#include "core/inference/samples/sample_predictor.h"

namespace modascope {

/// Pictures, one after the other: their sizes differ. What was answered of one is kept while there
/// is room.
class PicturePredictor : public SamplePredictor {
 public:
  PicturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                   std::vector<Moments> moments);

 private:
  std::unique_ptr<const Prediction> answersOf(const CaseSource& source, Sample sample,
                                              SamplePredictions predictions) const override;
};

/// The class with the largest of the logits f [K, H, W], at their upper left.
LabelPicture classesOf(const torch::Tensor& f, std::size_t height, std::size_t width);

}  // namespace modascope
