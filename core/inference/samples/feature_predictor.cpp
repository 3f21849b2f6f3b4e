#include "core/inference/samples/feature_predictor.h"

#include <ATen/ATen.h>

#include "core/inference/samples/sample_answers.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr std::size_t kAtOnce = 128;

class FeatureAnswers : public SampleAnswers {
 public:
  using SampleAnswers::SampleAnswers;

  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token /*stop*/,
                                   const TileProgress& /*progress*/) const override {
    const torch::Tensor f = outputs(set);
    const torch::Tensor said = factsOf(problem().task).isNumber() ? f : f.softmax(0);
    const torch::Tensor all = said.to(torch::kCPU, torch::kDouble).contiguous();
    return std::vector<double>(all.data_ptr<double>(), all.data_ptr<double>() + all.numel());
  }

  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token /*stop*/) const override {
    SampleScores scores(problem(), {set});
    scores.add(set, outputs(set).unsqueeze(0), truth().unsqueeze(0));
    return scores.table().rows.front();
  }

  CaseStandIns standIns() const override {
    std::vector<std::vector<float>> all;
    for (const torch::Tensor& part : standInParts()) all.push_back(floatsOf(part));
    return all;
  }
};

}  // namespace

FeaturePredictor::FeaturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                   std::vector<Moments> moments)
    : SamplePredictor(std::move(network), std::move(problem), std::move(moments), kAtOnce) {}

std::unique_ptr<const Prediction> FeaturePredictor::answersOf(const CaseSource& /*source*/,
                                                              Sample sample,
                                                              SamplePredictions predictions) const {
  return std::make_unique<const FeatureAnswers>(problem(), std::move(sample),
                                                std::move(predictions));
}

}  // namespace modascope
