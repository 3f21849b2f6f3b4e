#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <vector>

#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"
#include "core/cohort/cohort.h"
#include "core/inference/segmenter.h"
#include "core/inference/soft_scores.h"
#include "core/inference/subset_scores.h"

namespace modascope {

struct EvaluationOptions {
  Scores scores = Scores::Dice;
  SoftScores* soft = nullptr;             ///< gets every case, too
  std::vector<ModalitySet> subsets = {};  ///< empty for all
  /// Hears of every case as it is done.
  std::function<void(const CaseInfo&, const SubsetTable&)> each = {};
  /// How many cases are done, as the next begins.
  std::function<void(std::size_t done)> starting = {};
  /// Hears of every case that cannot be scored, and why.
  std::function<void(const CaseInfo&, const std::string& reason)> leftOut = {};
  /// Throws `Error` when the files of a case that were just read are not what they should be.
  std::function<void(const CaseInfo&)> check = {};
};

/// Hard scores of volumes, all subsets over several cases. Nothing when stopped. Throws `Error`
/// when none of the cases can be scored.
std::optional<SubsetTable> evaluateCases(const Segmenter& segmenter,
                                         const std::vector<CaseInfo>& cases,
                                         const ModalitySchema& schema, std::stop_token stop = {},
                                         const EvaluationOptions& options = {});

/// Scores a network on cases of one cohort, whatever is asked of it.
class Evaluator {
 public:
  Evaluator(std::shared_ptr<const MultimodalModel> network, const RunConfig& config,
            RunManifest manifest, std::shared_ptr<const CaseSource> source);
  Evaluator(const TrainedRun& run, const CohortData& data);

  /// All subsets. Nothing when stopped. Throws `Error` when none of the cases can be scored.
  std::optional<SubsetTable> evaluate(const std::vector<CaseInfo>& cases, std::stop_token stop = {},
                                      const EvaluationOptions& options = {}) const;

 private:
  std::shared_ptr<const MultimodalModel> network_;
  RunManifest manifest_;
  std::shared_ptr<const CaseSource> source_;
  std::shared_ptr<const Segmenter> segmenter_;
};

}  // namespace modascope
