#include "core/inference/volumes/subset_scores.h"

#include "core/metrics/dice.h"

namespace modascope {

SubsetScorer::SubsetScorer(CasePrediction prediction, std::shared_ptr<const LabelVolume> truth,
                           const ModalitySchema& schema, Scores scores,
                           std::vector<ModalitySet> subsets)
    : prediction_(std::move(prediction)),
      reference_(std::move(truth)),
      subsets_(subsets.empty() ? allSubsets(schema) : std::move(subsets)),
      table_{schema, prediction_.regions().keys(), {}} {
  table_.reference = reference_ ? Reference::Truth : Reference::AllModalities;
  if (!reference_)
    reference_ = std::make_shared<const LabelVolume>(prediction_.segment(prediction_.available()));
  table_.referenceMl = regionsMl(*reference_, prediction_.regions());
  if (scores != Scores::DiceAndHd95) return;
  for (const Region& region : prediction_.regions())
    surfaces_.push_back(surfaceOf(*reference_, region));
}

void SubsetScorer::scoreNext(std::stop_token stop) {
  const ModalitySet set = subsets_[table_.rows.size()];
  const RegionSchema& regions = prediction_.regions();
  SubsetTable::Row row{set, std::vector<double>(regions.size(), 0.0), 0};
  if (prediction_.available().contains(set)) {
    const auto labels = prediction_.segment(set, stop);
    if (!labels) return;
    const Overlap overlap(*labels, *reference_);
    row.ml = regionsMl(*labels, regions);
    for (std::size_t k = 0; k < regions.size(); ++k) {
      row.scores[k] = overlap.dice(regions[k]);
      if (!surfaces_.empty())
        row.hd95.push_back(hausdorff95(surfaceOf(*labels, regions[k]), surfaces_[k]));
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
