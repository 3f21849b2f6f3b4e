#include "app/work/validation.h"

#include "app/work/run_network.h"
#include "core/data/sample_source.h"
#include "core/inference/sample_predictions.h"

namespace modascope {

std::optional<SubsetTable> evaluateCases(const Segmenter& segmenter,
                                         const std::vector<CaseInfo>& cases,
                                         const ModalitySchema& schema, std::stop_token stop,
                                         const EvaluationOptions& options) {
  std::vector<SubsetTable> tables;
  for (const CaseInfo& info : cases) {
    if (options.starting) options.starting(tables.size());
    const LabelledPatient patient(readCase(info));
    const auto prediction = segmenter.predict(patient.patient(), stop);
    if (!prediction) return std::nullopt;
    auto table = scoreSubsets(*prediction, patient.labels(), schema, options.scores, stop,
                              options.subsets);
    if (!table) return std::nullopt;
    if (options.soft != nullptr) options.soft->add(patient, *prediction);
    tables.push_back(std::move(*table));
    if (options.each) options.each(info, tables.back());
  }
  return pooled(tables);
}

Evaluator::Evaluator(std::shared_ptr<const MultimodalModel> network, const RunConfig& config,
                     RunManifest manifest, std::shared_ptr<const SampleSource> samples)
    : network_(std::move(network)), manifest_(std::move(manifest)), samples_(std::move(samples)) {
  if (samples_ == nullptr)
    segmenter_ = std::make_shared<const Segmenter>(network_, segmenterOptions(config, manifest_));
}

Evaluator::Evaluator(const TrainedRun& run, const CohortData& data)
    : network_(run.network),
      manifest_(run.manifest),
      samples_(data.samples),
      segmenter_(run.segmenter) {}

std::optional<SubsetTable> Evaluator::evaluate(const std::vector<CaseInfo>& cases,
                                               std::stop_token stop,
                                               const EvaluationOptions& options) const {
  if (samples_ == nullptr)
    return evaluateCases(*segmenter_, cases, manifest_.schema, stop, options);
  SampleEvaluation samples;
  samples.count = cases.size();
  samples.subsets = options.subsets;
  if (manifest_.task == Task::Segmentation2d) samples.chunk = 1;
  samples.load = [&](std::size_t i) {
    if (options.starting && i % samples.chunk == 0) options.starting(i);
    return samples_->get(cases[i], manifest_.moments);
  };
  std::size_t next = 0;
  if (options.each)
    samples.each = [&](const std::string&, const SubsetTable& table) {
      options.each(cases[next++], table);
    };
  return scoreSamples(network_, manifest_.problem(), samples, stop);
}

}  // namespace modascope
