#include "app/work/validation.h"

#include "app/work/run_network.h"
#include "core/base/error.h"
#include "core/data/sample_source.h"
#include "core/inference/sample_predictions.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

/// Cases that are to be scored, less those whose files are not what they should be.
class Readable {
 public:
  Readable(const std::vector<CaseInfo>& cases, const EvaluationOptions& options)
      : count_(cases.size()), options_(options) {}

  /// What `load` makes of the case; nothing, and a word to whom it concerns, when it throws.
  template <typename Load>
  auto read(const CaseInfo& info, Load load) -> std::optional<decltype(load())> {
    try {
      return load();
    } catch (const Error& error) {
      if (error.fault() == Fault::System) throw;
      if (lost_++ == 0) first_ = error.what();
      if (options_.leftOut) options_.leftOut(info, error.what());
      return std::nullopt;
    }
  }

  void requireAny() const {
    if (lost_ < count_ || count_ == 0) return;
    throw Error("None of the " + std::to_string(count_) +
                " cases can be scored. The first: " + first_);
  }

 private:
  std::size_t count_;
  const EvaluationOptions& options_;
  std::size_t lost_ = 0;
  std::string first_;
};

}  // namespace

std::optional<SubsetTable> evaluateCases(const Segmenter& segmenter,
                                         const std::vector<CaseInfo>& cases,
                                         const ModalitySchema& schema, std::stop_token stop,
                                         const EvaluationOptions& options) {
  std::vector<SubsetTable> tables;
  Readable readable(cases, options);
  for (const CaseInfo& info : cases) {
    if (options.starting) options.starting(tables.size());
    const auto patient = readable.read(info, [&] {
      LabelledPatient read(readCase(info));
      if (options.check) options.check(info);
      return read;
    });
    if (!patient) continue;
    const auto prediction = segmenter.predict(patient->patient(), stop);
    if (!prediction) return std::nullopt;
    auto table =
        scoreSubsets(*prediction, patient->labels(), schema, options.scores, stop, options.subsets);
    if (!table) return std::nullopt;
    if (options.soft != nullptr) options.soft->add(*patient, *prediction);
    tables.push_back(std::move(*table));
    if (options.each) options.each(info, tables.back());
  }
  readable.requireAny();
  return pooled(tables);
}

Evaluator::Evaluator(std::shared_ptr<const MultimodalModel> network, const RunConfig& config,
                     RunManifest manifest, std::shared_ptr<const CaseSource> source)
    : network_(std::move(network)), manifest_(std::move(manifest)), source_(std::move(source)) {
  if (factsOf(manifest_.task).data == DataKind::Volumes)
    segmenter_ = std::make_shared<const Segmenter>(network_, segmenterOptions(config, manifest_));
}

Evaluator::Evaluator(const TrainedRun& run, const CohortData& data)
    : network_(run.network),
      manifest_(run.manifest),
      source_(data.source),
      segmenter_(run.segmenter) {}

std::optional<SubsetTable> Evaluator::evaluate(const std::vector<CaseInfo>& cases,
                                               std::stop_token stop,
                                               const EvaluationOptions& options) const {
  if (segmenter_ != nullptr)
    return evaluateCases(*segmenter_, cases, manifest_.schema, stop, options);
  const SampleSource& source = samplesOf(*source_);
  SampleEvaluation samples;
  Readable readable(cases, options);
  std::vector<const CaseInfo*> loaded;
  samples.count = cases.size();
  samples.subsets = options.subsets;
  if (factsOf(manifest_.task).data == DataKind::Pictures) samples.chunk = 1;
  samples.load = [&](std::size_t i) {
    if (options.starting && i % samples.chunk == 0) options.starting(i);
    auto sample = readable.read(cases[i], [&] {
      const bool kept = source.isKept(cases[i]);
      Sample read = source.get(cases[i], manifest_.moments);
      if (!kept && options.check) options.check(cases[i]);
      return read;
    });
    if (sample) loaded.push_back(&cases[i]);
    return sample;
  };
  std::size_t next = 0;
  if (options.each)
    samples.each = [&](const std::string&, const SubsetTable& table) {
      options.each(*loaded[next++], table);
    };
  auto table = scoreSamples(network_, manifest_.problem(), samples, stop);
  if (table) readable.requireAny();
  return table;
}

}  // namespace modascope
