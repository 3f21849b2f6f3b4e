#pragma once

#include <memory>
#include <vector>

#include "core/data/sample_source.h"
#include "core/inference/predictor.h"
#include "core/inference/samples/sample_predictions.h"

namespace modascope {

/// What pictures and features have in common: a case goes through the network whole.
class SamplePredictor : public Predictor {
 public:
  /// Samples of one size run through the network `atOnce` together.
  SamplePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                  std::vector<Moments> moments, std::size_t atOnce);

  std::optional<SubsetTable> evaluate(const CaseSource& source, const std::vector<CaseInfo>& cases,
                                      std::stop_token stop,
                                      const EvaluationOptions& options) const override;

 protected:
  const Problem& problem() const { return problem_; }
  /// Standardised. Throws `Error` when it has no modality at all.
  Sample sampleOf(const SampleSource& source, const CaseInfo& info) const;
  SamplePredictions predictionsOf(const Sample& sample) const;

 private:
  std::shared_ptr<const MultimodalModel> network_;
  Problem problem_;
  std::vector<Moments> moments_;
  std::size_t atOnce_;
};

/// Throws `Error` when the sample lacks a modality of the set.
void requireHas(const Sample& sample, ModalitySet set);
/// The set's row in a table of one sample: outputs f [1, K, …] and truth y [K, …].
SubsetTable::Row scoresOfOne(const Problem& problem, ModalitySet set, const torch::Tensor& f,
                             const torch::Tensor& y);

}  // namespace modascope
