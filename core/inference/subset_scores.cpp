#include "core/inference/subset_scores.h"

#include "core/metrics/dice.h"
#include "core/metrics/hausdorff95.h"

namespace modascope {
namespace {

void score(SubsetTable::Row& row, const LabelVolume& labels, const LabelVolume& truth,
           const std::vector<RegionSurface>& surfaces) {
  for (std::size_t k = 0; k < kRegions.size(); ++k) {
    row.dice[k] = dice(labels, truth, kRegions[k]);
    if (!surfaces.empty())
      row.hd95.push_back(hausdorff95(surfaceOf(labels, kRegions[k]), surfaces[k]));
  }
  row.cases = 1;
}

}  // namespace

std::optional<SubsetTable> scoreSubsets(const CasePrediction& prediction, const LabelVolume& truth,
                                        const ModalitySchema& schema, Scores scores,
                                        std::stop_token stop) {
  SubsetTable table;
  table.schema = schema;
  std::vector<RegionSurface> surfaces;
  for (const Region region : kRegions) {
    table.regions.emplace_back(keyOf(region));
    if (scores == Scores::DiceAndHd95) surfaces.push_back(surfaceOf(truth, region));
  }
  for (const ModalitySet set : allSubsets(schema)) {
    if (stop.stop_requested()) return std::nullopt;
    SubsetTable::Row row{set, std::vector<double>(kRegions.size(), 0.0), 0};
    if (prediction.available().contains(set)) score(row, prediction.segment(set), truth, surfaces);
    table.rows.push_back(row);
  }
  return table;
}

}  // namespace modascope
