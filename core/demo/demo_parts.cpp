#include "core/demo/demo_parts.h"

#include <cmath>

namespace modascope {

std::string bytesOf(const LabelVolume& labels) {
  return {labels.voxels.begin(), labels.voxels.end()};
}

std::string bytesOfMargins(const Volume& margins) {
  std::string bytes(margins.voxels.size(), '\0');
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<char>(std::lround(kMarginSteps * margins.voxels[i]));
  return bytes;
}

DemoFacts factsOf(const Demo& demo, bool asIs) {
  DemoFacts facts{demo, asIs, {}, demo.truth != nullptr, {}};
  for (const auto& image : demo.images)
    facts.scales.push_back(image ? std::optional(greyScaleOf(*image)) : std::nullopt);
  for (const DemoNetwork& network : demo.networks) {
    auto& hasMap = facts.hasMap.emplace_back();
    for (const DemoAnswer& answer : network.answers) hasMap.push_back(answer.strongest != nullptr);
  }
  return facts;
}

}  // namespace modascope
