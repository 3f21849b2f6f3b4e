#include "core/inference/samples/feature_predictor.h"

#include <ATen/ATen.h>

#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr std::size_t kAtOnce = 128;

class FeatureAnswers : public Prediction {
 public:
  FeatureAnswers(SamplePredictions predictions, Sample sample, Problem problem)
      : predictions_(std::move(predictions)),
        sample_(std::move(sample)),
        problem_(std::move(problem)) {}

  ModalitySet available() const override { return *sample_.available; }

  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token /*stop*/,
                                   const TileProgress& /*progress*/) const override {
    requireHas(sample_, set);
    return answerOf(problem_, predictions_.outputs(set)[0]);
  }

  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token /*stop*/) const override {
    requireHas(sample_, set);
    return scoresOfOne(problem_, set, predictions_.outputs(set), sample_.y);
  }

 private:
  SamplePredictions predictions_;
  Sample sample_;
  Problem problem_;
};

}  // namespace

FeaturePredictor::FeaturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                   std::vector<Moments> moments)
    : SamplePredictor(std::move(network), std::move(problem), std::move(moments), kAtOnce) {}

std::unique_ptr<const Prediction> FeaturePredictor::predict(
    const CaseSource& source, const CaseInfo& info, std::stop_token /*stop*/,
    const TileProgress& /*progress*/) const {
  Sample sample = sampleOf(samplesOf(source), info);
  SamplePredictions predictions = predictionsOf(sample);
  return std::make_unique<const FeatureAnswers>(std::move(predictions), std::move(sample),
                                                problem());
}

std::vector<double> answerOf(const Problem& problem, const torch::Tensor& f) {
  const torch::Tensor said = factsOf(problem.task).isNumber() ? f : f.softmax(0);
  const torch::Tensor all = said.to(torch::kCPU, torch::kDouble).contiguous();
  return {all.data_ptr<double>(), all.data_ptr<double>() + all.numel()};
}

}  // namespace modascope
