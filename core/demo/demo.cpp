#include "core/demo/demo.h"

#include <algorithm>

namespace modascope {

const DemoAnswer* DemoNetwork::answer(ModalitySet set) const {
  const auto found = std::find_if(answers.begin(), answers.end(),
                                  [set](const DemoAnswer& one) { return one.set == set; });
  return found == answers.end() ? nullptr : &*found;
}

ModalitySet Demo::available() const {
  std::uint8_t bits = 0;
  for (const ModalityId id : schema.ids())
    if (images[id.index()]) bits |= ModalitySet(id).bits();
  return ModalitySet::fromBits(bits).value_or(schema.all());
}

Volume disagreementOf(const DemoNetwork& network, const Region& region) {
  const auto inside = membershipOf(region);
  Volume share{network.answers.front().labels->grid, {}};
  share.voxels.resize(static_cast<std::size_t>(share.grid.voxelCount()));
  for (const DemoAnswer& answer : network.answers)
    for (std::size_t i = 0; i < share.voxels.size(); ++i)
      share.voxels[i] += inside[answer.labels->voxels[i]] ? 1.0f : 0.0f;
  const auto count = static_cast<float>(network.answers.size());
  for (float& voxel : share.voxels) voxel = 2 * std::min(voxel, count - voxel) / count;
  return share;
}

}  // namespace modascope
