#pragma once

#include <memory>
#include <vector>

#include "core/inference/predictor.h"
#include "core/inference/volumes/segmenter.h"
#include "core/inference/volumes/subset_scores.h"

namespace modascope {

/// What a network says of one volume.
class VolumeAnswers : public Prediction {
 public:
  /// `truth`: null where nobody knows it.
  VolumeAnswers(CasePrediction prediction, std::shared_ptr<const LabelVolume> truth,
                ModalitySchema schema, std::vector<std::shared_ptr<const Volume>> standIns);

  /// For who looks at logits and regions.
  const CasePrediction& casePrediction() const { return prediction_; }
  /// Scores the sets one by one, all when none are named.
  SubsetScorer scorer(Scores scores, std::vector<ModalitySet> subsets = {}) const;

  ModalitySet available() const override { return prediction_.available(); }
  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token stop = {},
                                   const TileProgress& progress = {}) const override;
  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token stop = {}) const override;
  CaseStandIns standIns() const override { return standIns_; }

 private:
  CasePrediction prediction_;
  std::shared_ptr<const LabelVolume> truth_;
  ModalitySchema schema_;
  std::vector<std::shared_ptr<const Volume>> standIns_;
};

}  // namespace modascope
