#include "core/inference/subset_scores.h"

#include "core/metrics/dice.h"

namespace modascope {

SubsetScorer::SubsetScorer(CasePrediction prediction, std::shared_ptr<const LabelVolume> truth,
                           const ModalitySchema& schema, Scores scores,
                           std::vector<ModalitySet> subsets)
    : prediction_(std::move(prediction)),
      reference_(std::move(truth)),
      subsets_(subsets.empty() ? allSubsets(schema) : std::move(subsets)) {
  table_.schema = schema;
  table_.reference = reference_ ? Reference::Truth : Reference::AllModalities;
  if (!reference_)
    reference_ = std::make_shared<const LabelVolume>(prediction_.segment(prediction_.available()));
  const auto ml = regionsMl(*reference_);
  table_.referenceMl.assign(ml.begin(), ml.end());
  for (const Region region : kRegions) {
    table_.columns.emplace_back(keyOf(region));
    if (scores == Scores::DiceAndHd95) surfaces_.push_back(surfaceOf(*reference_, region));
  }
}

void SubsetScorer::scoreNext(std::stop_token stop) {
  const ModalitySet set = subsets_[table_.rows.size()];
  SubsetTable::Row row{set, std::vector<double>(kRegions.size(), 0.0), 0};
  if (prediction_.available().contains(set)) {
    const auto labels = prediction_.segment(set, stop);
    if (!labels) return;
    const Overlap overlap(*labels, *reference_);
    const auto ml = regionsMl(*labels);
    row.ml.assign(ml.begin(), ml.end());
    for (std::size_t k = 0; k < kRegions.size(); ++k) {
      row.scores[k] = overlap.dice(kRegions[k]);
      if (!surfaces_.empty())
        row.hd95.push_back(hausdorff95(surfaceOf(*labels, kRegions[k]), surfaces_[k]));
    }
    row.cases = 1;
  }
  table_.rows.push_back(std::move(row));
}

std::optional<SubsetTable> scoreSubsets(const CasePrediction& prediction, const LabelVolume& truth,
                                        const ModalitySchema& schema, Scores scores,
                                        std::stop_token stop,
                                        const std::vector<ModalitySet>& subsets) {
  const std::shared_ptr<const LabelVolume> borrowed(std::shared_ptr<void>(), &truth);
  SubsetScorer scorer(prediction, borrowed, schema, scores, subsets);
  while (!scorer.done()) {
    if (stop.stop_requested()) return std::nullopt;
    scorer.scoreNext(stop);
  }
  return scorer.table();
}

}  // namespace modascope
