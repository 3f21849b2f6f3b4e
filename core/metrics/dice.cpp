#include "core/metrics/dice.h"

#include "core/base/error.h"

namespace modascope {

Overlap::Overlap(const LabelVolume& predicted, const LabelVolume& truth)
    : pairs_(kValues * kValues) {
  const std::size_t count = truth.voxels.size();
  if (!predicted.grid.matches(truth.grid) || predicted.voxels.size() != count)
    throw Error("The prediction and the expert's segmentation lie on different grids.");
  const std::uint8_t* p = predicted.voxels.data();
  const std::uint8_t* t = truth.voxels.data();
  for (std::size_t i = 0; i < count; ++i) {
    while (i + 8 < count && eightAreBackground(p + i) && eightAreBackground(t + i)) i += 8;
    ++pairs_[at(p[i], t[i])];
    ++predicted_[p[i]];
    ++true_[t[i]];
  }
}

double Overlap::dice(const Region& region) const {
  std::int64_t both = 0, sum = 0;
  for (const std::uint8_t p : region.labels) {
    sum += predicted_[p] + true_[p];
    for (const std::uint8_t t : region.labels) both += pairs_[at(p, t)];
  }
  return sum == 0 ? 1.0 : 2.0 * static_cast<double>(both) / static_cast<double>(sum);
}

double dice(const LabelVolume& predicted, const LabelVolume& truth, const Region& region) {
  return Overlap(predicted, truth).dice(region);
}

}  // namespace modascope
