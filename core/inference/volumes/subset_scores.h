#pragma once

#include <memory>
#include <optional>
#include <stop_token>

#include "core/inference/volumes/segmenter.h"
#include "core/metrics/hausdorff95.h"
#include "core/metrics/subset_table.h"

namespace modascope {

enum class Scores { Dice, DiceAndHd95 };

/// Hard scores and volumes of every subset of the modalities that a case has, all regions: one
/// subset at a time, so that whoever waits for something else can be served in between.
class SubsetScorer {
 public:
  /// Compares with `truth`; without it, with what the network says from all that the case has.
  /// `subsets`: which; empty for all.
  SubsetScorer(CasePrediction prediction, std::shared_ptr<const LabelVolume> truth,
               const ModalitySchema& schema, Scores scores, std::vector<ModalitySet> subsets = {});

  bool done() const { return table_.rows.size() == subsets_.size(); }
  /// Nothing is lost when stopped: the same subset is next then.
  void scoreNext(std::stop_token stop = {});
  const SubsetTable& table() const { return table_; }

 private:
  CasePrediction prediction_;
  std::shared_ptr<const LabelVolume> reference_;
  std::vector<ModalitySet> subsets_;
  std::vector<RegionSurface> surfaces_;  ///< of the reference; empty without HD95
  SubsetTable table_;
};

/// All of them against the truth. Nothing when stopped, which is asked before every subset.
std::optional<SubsetTable> scoreSubsets(const CasePrediction& prediction, const LabelVolume& truth,
                                        const ModalitySchema& schema, Scores scores = Scores::Dice,
                                        std::stop_token stop = {},
                                        const std::vector<ModalitySet>& subsets = {});

}  // namespace modascope
