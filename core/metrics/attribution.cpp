#include "core/metrics/attribution.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "core/base/error.h"
#include "core/metrics/dice.h"

namespace modascope {
namespace {

std::string percent(double share) {
  char text[16];
  std::snprintf(text, sizeof text, "%.0f %%", 100 * share);
  return text;
}

std::string points(double drop) {
  char text[16];
  std::snprintf(text, sizeof text, "%.2f", drop);
  return text;
}

LabelVolume cutTo(LabelVolume labels, const LabelVolume& inside) {
  for (std::size_t i = 0; i < labels.voxels.size(); ++i)
    if (inside.voxels[i] == 0) labels.voxels[i] = 0;
  return labels;
}

double sumOf(const Volume& map, const LabelVolume* inside) {
  double sum = 0;
  for (std::size_t i = 0; i < map.voxels.size(); ++i)
    if (inside == nullptr || inside->voxels[i] != 0) sum += static_cast<double>(map.voxels[i]);
  return sum;
}

void requireGrid(const Volume& map, const LabelVolume& other) {
  if (!map.grid.matches(other.grid) || map.voxels.size() != other.voxels.size())
    throw Error("The attribution map and the region lie on different grids.");
}

template <typename Values, typename Less>
std::size_t largest(const Values& values, Less less) {
  return static_cast<std::size_t>(std::max_element(values.begin(), values.end(), less) -
                                  values.begin());
}

}  // namespace

std::string Attribution::target() const {
  return picked ? kPicked : region.key;
}

LabelVolume regionMask(const LabelVolume& labels, const Region& region) {
  LabelVolume mask = labels;
  const auto inside = membershipOf(region);
  for (std::uint8_t& label : mask.voxels) label = inside[label] ? 1 : 0;
  return mask;
}

float scaleOf(const std::vector<Volume>& maps) {
  float scale = 0;
  for (const Volume& map : maps)
    for (const float value : map.voxels) scale = std::max(scale, value);
  return scale;
}

AttributionShares sharesOf(const std::vector<Volume>& maps, std::string where,
                           const LabelVolume* inside) {
  AttributionShares result{std::move(where), {}};
  for (const Volume& map : maps) {
    if (inside != nullptr) requireGrid(map, *inside);
    result.shares.push_back(sumOf(map, inside));
  }
  const double all = std::accumulate(result.shares.begin(), result.shares.end(), 0.0);
  if (all <= 0) return {std::move(result.where), {}};
  for (double& share : result.shares) share /= all;
  return result;
}

Dominance dominance(const Attribution& attribution) {
  if (attribution.maps.empty()) throw Error(attribution.noMaps);
  const auto ids = attribution.set.ids();
  const VoxelGrid& grid = attribution.maps.front().grid;
  const std::size_t voxels = attribution.maps.front().voxels.size();
  Dominance result{{grid, std::vector<std::uint8_t>(voxels)}, {grid, std::vector<float>(voxels)}};
  for (std::size_t i = 0; i < voxels; ++i) {
    float first = 0, second = 0;
    for (std::size_t m = 0; m < ids.size(); ++m) {
      const float value = attribution.maps[m].voxels[i];
      if (value > first) {
        second = first;
        first = value;
        result.strongest.voxels[i] = static_cast<std::uint8_t>(1 + ids[m].index());
      } else {
        second = std::max(second, value);
      }
    }
    if (first > 0) result.margin.voxels[i] = (first - second) / attribution.scale;
  }
  return result;
}

double regionDice(const LabelVolume& labels, const LabelVolume& reference, const Region& region,
                  const LabelVolume* inside) {
  if (inside == nullptr) return dice(labels, reference, region);
  if (!inside->grid.matches(labels.grid) || inside->voxels.size() != labels.voxels.size() ||
      inside->voxels.size() != reference.voxels.size())
    throw Error("The picked voxels lie on another grid than the prediction.");
  return dice(cutTo(labels, *inside), cutTo(reference, *inside), region);
}

std::optional<std::string> disagreement(const Attribution& attribution) {
  const auto& removals = attribution.removals.each;
  if (attribution.shares.empty() || removals.empty()) return std::nullopt;
  const auto& shares = attribution.shares.front().shares;
  if (shares.empty()) return std::nullopt;
  const std::size_t shown = largest(shares, std::less<>());
  const std::size_t needed =
      largest(removals, [](const Removal& a, const Removal& b) { return a.drop < b.drop; });
  if (shares[shown] - shares[needed] <= kClearShare ||
      removals[needed].drop - removals[shown].drop <= kClearDrop)
    return std::nullopt;
  const auto name = [&](std::size_t m) { return attribution.schema.label(removals[m].modality); };
  const std::string where =
      attribution.region.label + (attribution.picked ? " in the picked voxels" : "");
  const bool truth = attribution.removals.measure == RemovalMeasure::DiceWithTruth;
  return "The map and the removals disagree for " + where + ": " + name(shown) +
         " has the largest attribution share (" + percent(shares[shown]) + "), but leaving out " +
         name(needed) + (truth ? " costs most (drop in " : " changes most (drop in ") +
         nameOf(attribution.removals.measure) + ' ' + points(removals[needed].drop) + ", of " +
         name(shown) + " " + points(removals[shown].drop) +
         "). The removals are measured; read the map with care.";
}

std::string nameOf(RemovalMeasure measure) {
  return measure == RemovalMeasure::DiceWithTruth ? "Dice" : "agreement";
}

std::string wordsOf(RemovalMeasure measure) {
  return measure == RemovalMeasure::DiceWithTruth
             ? "Dice with the expert's segmentation"
             : "Dice with the prediction from all of the set (agreement, not accuracy)";
}

}  // namespace modascope
