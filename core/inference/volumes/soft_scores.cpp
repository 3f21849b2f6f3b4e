#include "core/inference/volumes/soft_scores.h"

#include <algorithm>

#include "core/volume/resample.h"

namespace modascope {
namespace {

/// The values of the cube in the middle, x fastest.
template <typename T>
std::vector<T> centreCrop(const T* values, const VoxelGrid& grid, std::int64_t crop) {
  std::array<std::int64_t, 3> low{}, high{};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    low[axis] = std::max<std::int64_t>(0, (grid.size[axis] - crop) / 2);
    high[axis] = std::min(grid.size[axis], low[axis] + crop);
  }
  std::vector<T> cube;
  for (std::int64_t z = low[2]; z < high[2]; ++z)
    for (std::int64_t y = low[1]; y < high[1]; ++y)
      cube.insert(cube.end(), values + grid.offset(low[0], y, z),
                  values + grid.offset(low[0], y, z) + (high[0] - low[0]));
  return cube;
}

std::vector<std::uint8_t> inside(const std::vector<std::uint8_t>& labels, const Region& region) {
  std::vector<std::uint8_t> truth(labels.size());
  const auto table = membershipOf(region);
  std::transform(labels.begin(), labels.end(), truth.begin(),
                 [&table](std::uint8_t label) { return table[label] ? 1 : 0; });
  return truth;
}

}  // namespace

SoftScores::SoftScores(ModalitySchema schema, RegionSchema regions, std::int64_t crop)
    : schema_(std::move(schema)), regions_(std::move(regions)), crop_(crop) {}

void SoftScores::add(const LabelledPatient& patient, const CasePrediction& prediction) {
  std::vector<std::vector<std::uint8_t>> truth;  // region → voxels
  for (const ModalitySet set : allSubsets(schema_)) {
    if (!prediction.available().contains(set)) continue;
    const Probabilities probabilities = prediction.probabilities(set);
    const VoxelGrid& grid = probabilities.grid;
    if (truth.empty()) {
      const LabelVolume labels = resampleLabels(patient.labels(), grid);
      const auto values = centreCrop(labels.voxels.data(), grid, crop_);
      for (const Region& region : regions_) truth.push_back(inside(values, region));
    }
    Pool& pool = pools_.try_emplace(set, Pool{SoftDicePool(regions_.size())}).first->second;
    for (std::size_t k = 0; k < regions_.size(); ++k) {
      const auto voxels = static_cast<std::size_t>(grid.voxelCount());
      pool.dice.add(k, centreCrop(probabilities.values.data() + k * voxels, grid, crop_), truth[k]);
    }
    ++pool.cases;
  }
}

SubsetTable SoftScores::table() const {
  SubsetTable table{schema_, regions_.keys(), {}};
  for (const ModalitySet set : allSubsets(schema_)) {
    const auto pool = pools_.find(set);
    if (pool != pools_.end())
      table.rows.push_back({set, pool->second.dice.dice(), pool->second.cases});
    else
      table.rows.push_back({set, std::vector<double>(regions_.size(), 0.0), 0});
  }
  return table;
}

}  // namespace modascope
