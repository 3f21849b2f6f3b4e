#include "core/inference/samples/sample_predictor.h"

#include "core/data/corrupted_input.h"

namespace modascope {

SamplePredictor::SamplePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                 std::vector<Moments> moments, std::size_t atOnce)
    : network_(std::move(network)),
      problem_(std::move(problem)),
      moments_(std::move(moments)),
      atOnce_(atOnce) {}

std::optional<SubsetTable> SamplePredictor::evaluate(const CaseSource& source,
                                                     const std::vector<CaseInfo>& cases,
                                                     std::stop_token stop,
                                                     const EvaluationOptions& options) const {
  const SampleSource& from = samplesOf(source);
  ReadableCases readable(cases.size(), options);
  std::vector<const CaseInfo*> loaded;
  SampleEvaluation samples;
  samples.count = cases.size();
  samples.chunk = atOnce_;
  samples.subsets = options.subsets;
  samples.load = [&](std::size_t i) {
    if (options.starting && i % atOnce_ == 0) options.starting(i);
    auto sample = readable.read(cases[i], [&] {
      const bool kept = from.isKept(cases[i]);
      Sample read = from.get(cases[i], moments_);
      if (!kept && options.check) options.check(cases[i]);
      return read;
    });
    if (sample) loaded.push_back(&cases[i]);
    return sample;
  };
  const LeftOutModalities& leftOut = options.leftOutModalities;
  if (leftOut.how != Corruption::Absent)
    samples.standIn = [&](std::size_t i) {
      return corrupted(from.get(cases[i], moments_), leftOut.how,
                       from.get(leftOut.others.at(i), moments_), Seed{leftOut.seed.value + i});
    };
  std::size_t next = 0;
  if (options.each)
    samples.each = [&](const std::string&, const SubsetTable& table) {
      options.each(*loaded[next++], table);
    };
  auto table = scoreSamples(network_, problem_, samples, stop);
  if (table) readable.requireAny();
  return table;
}

Sample SamplePredictor::sampleOf(const SampleSource& source, const CaseInfo& info) const {
  Sample sample = source.get(info, moments_);
  if (!sample.available) throw Error(inQuotes(info.id) + " has no modality at all.");
  return sample;
}

SamplePredictions SamplePredictor::predictionsOf(const Sample& sample) const {
  return SamplePredictions(network_, sample.x.unsqueeze(0));
}

void requireHas(const Sample& sample, ModalitySet set) {
  if (!sample.available.value().contains(set))
    throw Error(inQuotes(sample.id) + " does not have all of the modalities that were asked for.");
}

SubsetTable::Row scoresOfOne(const Problem& problem, ModalitySet set, const torch::Tensor& f,
                             const torch::Tensor& y) {
  SampleScores scores(problem, {set});
  scores.add(set, f, y.unsqueeze(0));
  return scores.table().rows.front();
}

}  // namespace modascope
