#include "core/data/feature_source.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/featurefile/standardisation.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

torch::Tensor truthOf(const Problem& problem, float label) {
  if (factsOf(problem.task).isNumber()) return torch::full({1}, label);
  torch::Tensor y = torch::zeros({static_cast<std::int64_t>(problem.outputs.size())});
  y[static_cast<std::int64_t>(label)] = 1;
  return y;
}

Standardisation standardisation(const std::vector<Moments>& moments) {
  std::vector<std::vector<float>> means, deviations;
  for (const Moments& one : moments) {
    means.push_back(one.mean);
    deviations.push_back(one.deviation);
  }
  return {std::move(means), std::move(deviations)};
}

}  // namespace

FeatureSource::FeatureSource(FeatureFileInfo info, const std::stop_token& stop)
    : info_(std::move(info)) {
  for (const FeatureSplit& split : info_.splits) {
    splits_.push_back(readFeatures(info_, split.name, stop));
    const FeatureArrays& arrays = splits_.back();
    for (std::size_t row = 0; row < arrays.ids.size(); ++row)
      places_[arrays.ids[row]] = {splits_.size() - 1, row};
    const std::vector<std::string> notes =
        arrays.notes.empty() ? nonFiniteNotes(arrays, info_.problem.schema, split.name)
                             : arrays.notes;
    notes_.insert(notes_.end(), notes.begin(), notes.end());
  }
}

const FeatureSource::Place& FeatureSource::placeOf(const std::string& id) const {
  const auto found = places_.find(id);
  if (found == places_.end())
    throw Error("There is no sample " + inQuotes(id) + " in " + inQuotes(info_.file) + ".");
  return found->second;
}

FeatureArrays FeatureSource::part(const std::vector<std::string>& ids) const {
  FeatureArrays chosen;
  chosen.modalities.resize(info_.problem.schema.size());
  for (const std::string& id : ids) {
    const auto [split, row] = placeOf(id);
    const FeatureArrays& from = splits_[split];
    for (std::size_t m = 0; m < chosen.modalities.size(); ++m) {
      const auto size = info_.problem.inputs.shapes()[m].size();
      const auto first = from.modalities[m].begin() + static_cast<std::int64_t>(row) * size;
      chosen.modalities[m].insert(chosen.modalities[m].end(), first, first + size);
    }
    chosen.labels.push_back(from.labels[row]);
    chosen.available.push_back(from.available[row]);
    chosen.ids.push_back(id);
  }
  return chosen;
}

DataFit FeatureSource::fit(const std::vector<CaseInfo>& cases,
                           const FitOptions& /*options*/) const {
  std::vector<std::string> ids;
  for (const CaseInfo& info : cases) ids.push_back(info.id);
  const auto fitted = Standardisation::fit(part(ids), info_.problem);
  DataFit fit;
  for (const ModalityId id : info_.problem.schema.ids())
    fit.moments.push_back({fitted.means(id), fitted.deviations(id)});
  return fit;
}

Sample FeatureSource::get(const CaseInfo& info, const std::vector<Moments>& moments) const {
  FeatureArrays one = part({info.id});
  standardisation(moments).apply(one);
  Sample sample{info.id, torch::empty({info_.problem.inputs.total()}),
                truthOf(info_.problem, one.labels.front()),
                ModalitySet::fromBits(one.available.front())};
  float* to = sample.x.data_ptr<float>();
  for (const auto& values : one.modalities) to = std::copy(values.begin(), values.end(), to);
  return sample;
}

std::string FeatureSource::textOf(const std::string& id) const {
  const auto [split, row] = placeOf(id);
  const auto& texts = splits_[split].texts;
  return texts.empty() ? std::string() : texts[row];
}

}  // namespace modascope
