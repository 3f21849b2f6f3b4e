#pragma once

#include <optional>
#include <stop_token>

#include "core/inference/segmenter.h"
#include "core/metrics/subset_table.h"

namespace modascope {

enum class Scores { Dice, DiceAndHd95 };

/// Hard scores of every subset of the modalities that the case has, all regions. Nothing when
/// stopped, which is asked before every subset.
std::optional<SubsetTable> scoreSubsets(const CasePrediction& prediction, const LabelVolume& truth,
                                        const ModalitySchema& schema, Scores scores = Scores::Dice,
                                        std::stop_token stop = {});

}  // namespace modascope
