#include "app/work/demonstrating/telling_layer.h"

#include <algorithm>
#include <numeric>

#include "core/volume/labels.h"

namespace modascope {
namespace {

bool isSilent(const Attribution& attribution) {
  return attribution.shares.empty() || attribution.shares.front().shares.empty();
}

/// Whether the largest share of the region is that of the modality that is missed most.
bool namesTheMostMissed(const Attribution& attribution) {
  const auto& removals = attribution.removals.each;
  if (isSilent(attribution) || removals.empty()) return false;
  const auto& shares = attribution.shares.front().shares;
  const auto share = std::max_element(shares.begin(), shares.end()) - shares.begin();
  const auto most =
      std::max_element(removals.begin(), removals.end(),
                       [](const Removal& a, const Removal& b) { return a.drop < b.drop; });
  return most - removals.begin() == share;
}

}  // namespace

const Region& tellingRegion(const RegionSchema& regions, const LabelVolume& found) {
  std::vector<std::size_t> places(regions.size());
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (regions.isNested()) std::reverse(places.begin(), places.end());
  const auto place = std::find_if(places.begin(), places.end(),
                                  [&](std::size_t at) { return regionMl(found, regions[at]) > 0; });
  return regions[place == places.end() ? places.front() : *place];
}

std::optional<std::string> tellingLayer(const Segmenter& segmenter, const Case& patient,
                                        const CasePrediction& prediction, const Region& region,
                                        std::stop_token stop) {
  std::vector<std::string> layers = attributionLayers(segmenter.model());
  if (layers.empty()) return std::string();
  std::reverse(layers.begin(), layers.end());
  std::optional<std::string> speaking;
  for (const std::string& layer : layers) {
    const AttributionRequest request{prediction.available(), {AttributionTarget{region}}, layer};
    const auto found = attribute(segmenter, patient, prediction, request, stop);
    if (!found) return std::nullopt;
    if (namesTheMostMissed(found->front())) return layer;
    if (!speaking && !isSilent(found->front())) speaking = layer;
  }
  return speaking.value_or(layers.front());
}

}  // namespace modascope
