#include "core/metrics/dice.h"

#include "core/base/error.h"

namespace modascope {

Overlap::Overlap(const LabelVolume& predicted, const LabelVolume& truth) {
  const std::size_t count = truth.voxels.size();
  if (!predicted.grid.matches(truth.grid) || predicted.voxels.size() != count)
    throw Error("The prediction and the expert's segmentation lie on different grids.");
  const std::uint8_t* p = predicted.voxels.data();
  const std::uint8_t* t = truth.voxels.data();
  for (std::size_t i = 0; i < count; ++i) {
    while (i + 8 < count && eightAreBackground(p + i) && eightAreBackground(t + i)) i += 8;
    ++pairs_.at(p[i]).at(t[i]);
  }
}

double Overlap::dice(Region region) const {
  std::int64_t both = 0, sum = 0;
  for (std::size_t p = 0; p < kValues; ++p)
    for (std::size_t t = 0; t < kValues; ++t) {
      const bool inP = inRegion(static_cast<std::uint8_t>(p), region);
      const bool inT = inRegion(static_cast<std::uint8_t>(t), region);
      both += inP && inT ? pairs_[p][t] : 0;
      sum += (static_cast<int>(inP) + static_cast<int>(inT)) * pairs_[p][t];
    }
  return sum == 0 ? 1.0 : 2.0 * static_cast<double>(both) / static_cast<double>(sum);
}

double dice(const LabelVolume& predicted, const LabelVolume& truth, Region region) {
  return Overlap(predicted, truth).dice(region);
}

}  // namespace modascope
