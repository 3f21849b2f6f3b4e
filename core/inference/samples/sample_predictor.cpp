#include "core/inference/samples/sample_predictor.h"

#include "core/data/corrupted_input.h"

namespace modascope {

SamplePredictor::SamplePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                 std::vector<Moments> moments, std::size_t atOnce)
    : network_(std::move(network)),
      problem_(std::move(problem)),
      moments_(std::move(moments)),
      atOnce_(atOnce) {}

std::unique_ptr<const Prediction> SamplePredictor::predict(const CaseSource& source,
                                                           const CaseInfo& info,
                                                           const LeftOutModalities& leftOut,
                                                           std::stop_token /*stop*/,
                                                           const TileProgress& /*progress*/) const {
  const SampleSource& from = samplesOf(source);
  Sample sample = from.get(info, moments_);
  if (!sample.available) throw Error(inQuotes(info.id) + " has no modality at all.");
  SamplePredictions predictions = predictionsOf(from, sample, leftOut);
  return answersOf(source, std::move(sample), std::move(predictions));
}

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
  const auto& leftOut = options.leftOutModalities;
  if (!leftOut.empty() && leftOut.front().how != Corruption::Absent)
    samples.standIn = [&](std::size_t i) {
      return standInFor(from, from.get(cases[i], moments_), leftOut.at(i));
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

SamplePredictions SamplePredictor::predictionsOf(const SampleSource& source, const Sample& sample,
                                                 const LeftOutModalities& leftOut) const {
  const torch::Tensor x = sample.x.unsqueeze(0);
  if (leftOut.how == Corruption::Absent) return SamplePredictions(network_, x);
  return SamplePredictions(
      network_, problem_.inputs, x,
      {standInFor(source, sample, leftOut).unsqueeze(0), sample.available.value()});
}

torch::Tensor SamplePredictor::standInFor(const SampleSource& source, const Sample& sample,
                                          const LeftOutModalities& leftOut) const {
  if (leftOut.how != Corruption::Shuffled)
    return corrupted(sample, leftOut.how, sample, leftOut.seed);
  const Sample other = source.get(leftOut.other.value(), moments_);
  return corrupted(sample, leftOut.how, other, leftOut.seed);
}

}  // namespace modascope
