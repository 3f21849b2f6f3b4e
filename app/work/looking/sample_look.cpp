#include "app/work/looking/sample_look.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/data/feature_source.h"
#include "core/inference/predictor.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

std::vector<double> valuesOf(const torch::Tensor& f) {
  const torch::Tensor all = f.to(torch::kCPU, torch::kDouble).contiguous();
  return {all.data_ptr<double>(), all.data_ptr<double>() + all.numel()};
}

/// A class's number, or the value itself.
double truthOf(const Problem& problem, const torch::Tensor& y) {
  const auto values = valuesOf(y);
  return factsOf(problem.task).isNumber() ? values.front() : static_cast<double>(classOf(values));
}

Sample sampleOf(const CohortData& data, const CaseInfo& info, const std::vector<Moments>& moments) {
  Sample sample = samplesOf(*data.source).get(info, moments);
  if (!sample.available) throw Error("Sample " + inQuotes(info.id) + " has no modality at all.");
  return sample;
}

}  // namespace

std::vector<Moments> momentsOf(const CohortData& data) {
  return data.source->fit(data.labelled("train")).moments;
}

LabelFacts labelFactsOf(const CohortData& data, const std::vector<Moments>& moments) {
  LabelFacts facts;
  const auto cases = data.labelled("train");
  for (const CaseInfo& info : cases) {
    const auto values = valuesOf(samplesOf(*data.source).get(info, moments).y);
    facts.mean.resize(values.size());
    for (std::size_t k = 0; k < values.size(); ++k)
      facts.mean[k] += values[k] / static_cast<double>(cases.size());
    const bool first = &info == &cases.front();
    facts.least = first ? values.front() : std::min(facts.least, values.front());
    facts.most = first ? values.front() : std::max(facts.most, values.front());
  }
  return facts;
}

SampleLook lookAt(const CohortData& data, const CaseInfo& info,
                  const std::vector<Moments>& moments) {
  const Problem problem = data.cohort.problem;
  const Sample sample = sampleOf(data, info, moments);
  SampleLook look{info.id, {}, *sample.available, {}, truthOf(problem, sample.y)};
  const float* x = sample.x.data_ptr<float>();
  for (const ModalityId id : problem.schema.ids()) {
    const float* first = x + problem.inputs.offset(id);
    look.values.emplace_back(first, first + problem.inputs[id].size());
  }
  if (const auto* features = dynamic_cast<const FeatureSource*>(data.source.get()))
    look.text = features->textOf(info.id);
  return look;
}

std::optional<SubsetOutputs> outputsOf(const Problem& problem, const Prediction& prediction,
                                       std::stop_token stop) {
  SubsetOutputs outputs{problem, prediction.available(), {}};
  for (const ModalitySet set : allSubsets(problem.schema)) {
    if (!outputs.available.contains(set)) continue;
    if (stop.stop_requested()) return std::nullopt;
    const auto answer = prediction.answer(set, stop);
    if (!answer) return std::nullopt;
    outputs.each.emplace_back(set, std::get<std::vector<double>>(*answer));
  }
  return outputs;
}

}  // namespace modascope
