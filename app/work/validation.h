#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/inference/segmenter.h"
#include "core/inference/soft_scores.h"
#include "core/inference/subset_scores.h"

namespace modascope {

struct EvaluationOptions {
  Scores scores = Scores::Dice;
  SoftScores* soft = nullptr;  ///< gets every case, too
  /// Hears of every case as it is done.
  std::function<void(const CaseInfo&, const SubsetTable&)> each = {};
};

/// Hard scores of all subsets over several cases. Nothing when stopped.
std::optional<SubsetTable> evaluateCases(const Segmenter& segmenter,
                                         const std::vector<CaseInfo>& cases,
                                         const ModalitySchema& schema, std::stop_token stop = {},
                                         const EvaluationOptions& options = {});

}  // namespace modascope
