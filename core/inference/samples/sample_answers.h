#pragma once

#include <vector>

#include "core/data/sample.h"
#include "core/inference/predictor.h"
#include "core/inference/samples/sample_predictions.h"

namespace modascope {

/// What pictures and features have in common: the network's outputs for one sample.
class SampleAnswers : public Prediction {
 public:
  /// The sample has a modality; `predictions` are of it alone.
  SampleAnswers(const Problem& problem, Sample sample, SamplePredictions predictions);

  ModalitySet available() const override { return *sample_.available; }

 protected:
  const Problem& problem() const { return problem_; }
  const torch::Tensor& truth() const { return sample_.y; }  ///< y [K, …]
  /// f [K, …]. Throws `Error` when the sample lacks a modality of the set.
  torch::Tensor outputs(ModalitySet set) const;
  /// x [C, …] of each modality in its place; empty where nothing stands in.
  std::vector<torch::Tensor> standInParts() const;

 private:
  Problem problem_;
  Sample sample_;
  SamplePredictions predictions_;
};

std::vector<float> floatsOf(const torch::Tensor& t);

}  // namespace modascope
