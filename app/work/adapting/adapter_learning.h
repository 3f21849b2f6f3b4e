#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/work/adapting/adaptation_report.h"
#include "app/work/adapting/adaptation_request.h"
#include "app/work/cohort_data.h"
#include "app/work/running/run_control.h"
#include "app/work/trained_run.h"

namespace modascope {

class AdapterSet;
class Sampler;
class Stopwatch;
struct AdapterMethod;
struct AdapterResult;
struct AdapterTask;

/// A frozen network, what its adapters learn from, and how they are learnt.
class AdapterLearning {
 public:
  /// Looks at the data first; nothing when it is stopped meanwhile. Throws `Error` when run, data
  /// and request do not fit each other.
  static std::optional<AdapterLearning> prepare(const AdaptationRequest& request,
                                                const TrainingControl& control);

  const RunManifest& manifest() const { return run_.manifest; }
  const RunConfig& config() const { return config_; }
  const ModelDescription& model() const { return run_.model; }
  /// Of each subset.
  std::int64_t steps() const;
  std::int64_t stepsInAll() const;

  /// What the file has, or nothing yet.
  AdapterSet learntIn(const std::filesystem::path& file) const;
  /// Learns and writes what is missing of `learnt`. Nothing when stopped.
  std::optional<AdapterSet> learn(AdapterSet learnt, const std::filesystem::path& file,
                                  const TrainingControl& control) const;
  std::optional<AdaptationReport> report(const AdapterSet& learnt,
                                         const TrainingControl& control) const;

 private:
  AdapterLearning(const AdaptationRequest& request, TrainedRun run, CohortData data);
  AdapterMethod method() const;
  std::optional<SubsetTable> evaluate(std::shared_ptr<const MultimodalModel> network,
                                      const std::vector<CaseInfo>& cases, std::stop_token stop,
                                      const EvaluationOptions& options) const;
  std::optional<ValidationEvent> validate(const MultimodalModel& network, ModalitySet set,
                                          const TrainingControl& control) const;
  std::string wordsOf(ModalitySet set, const AdapterResult& result) const;
  AdapterTask taskFor(ModalitySet set) const;
  void watch(AdapterTask& task, std::int64_t stepsBefore, const Stopwatch& clock,
             const TrainingControl& control) const;
  void watchValidation(AdapterTask& task, std::int64_t stepsBefore,
                       const TrainingControl& control) const;
  std::int64_t validationsFrom(std::size_t subset) const;
  void tellLearnt(const AdapterSet& learnt, const std::filesystem::path& run,
                  TrainObserver& observer) const;
  void score(const AdapterSet& learnt, AdaptationReport& report,
             const TrainingControl& control) const;

  const AdaptationRequest request_;
  TrainedRun run_;
  CohortData data_;
  std::string split_;  ///< that is scored; empty: none
  std::vector<ModalitySet> subsets_;
  std::vector<std::string> notes_;
  RunConfig config_;
  std::vector<CaseInfo> valid_;
  mutable std::set<std::string> lost_;  ///< of those, while it learnt
  std::shared_ptr<const Sampler> batches_;
};

}  // namespace modascope
