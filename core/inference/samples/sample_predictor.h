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

  std::unique_ptr<const Prediction> predict(const CaseSource& source, const CaseInfo& info,
                                            const LeftOutModalities& leftOut, std::stop_token stop,
                                            const TileProgress& progress) const override;
  std::optional<SubsetTable> evaluate(const CaseSource& source, const std::vector<CaseInfo>& cases,
                                      std::stop_token stop,
                                      const EvaluationOptions& options) const override;

 protected:
  const Problem& problem() const { return problem_; }
  const std::vector<Moments>& moments() const { return moments_; }

 private:
  virtual std::unique_ptr<const Prediction> answersOf(const CaseSource& source, Sample sample,
                                                      SamplePredictions predictions) const = 0;
  SamplePredictions predictionsOf(const SampleSource& source, const Sample& sample,
                                  const LeftOutModalities& leftOut) const;
  /// x [C, …] with all modalities replaced; not for `Absent`.
  torch::Tensor standInFor(const SampleSource& source, const Sample& sample,
                           const LeftOutModalities& leftOut) const;

  std::shared_ptr<const MultimodalModel> network_;
  Problem problem_;
  std::vector<Moments> moments_;
  std::size_t atOnce_;
};

}  // namespace modascope
