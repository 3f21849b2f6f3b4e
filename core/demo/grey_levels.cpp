#include "core/demo/grey_levels.h"

#include <algorithm>
#include <array>
#include <cmath>

namespace modascope {
namespace {

constexpr double kTail = 0.001;
constexpr double kSteps = 254;

}  // namespace

GreyScale greyScaleOf(const Volume& image) {
  std::vector<float> values;
  std::copy_if(image.voxels.begin(), image.voxels.end(), std::back_inserter(values),
               [](float value) { return value != 0; });
  if (values.empty()) return {};
  const auto quantile = [&values](double share) {
    const auto place = static_cast<std::ptrdiff_t>(share * static_cast<double>(values.size() - 1));
    std::nth_element(values.begin(), values.begin() + place, values.end());
    return static_cast<double>(values[static_cast<std::size_t>(place)]);
  };
  const GreyScale scale{quantile(kTail), quantile(1 - kTail)};
  return scale.high > scale.low ? scale : GreyScale{scale.low, scale.low + 1};
}

std::string toGreyLevels(const Volume& image, const GreyScale& scale) {
  std::string levels(image.voxels.size(), '\0');
  for (std::size_t i = 0; i < levels.size(); ++i) {
    const double value = image.voxels[i];
    if (value == 0) continue;
    const double share = (value - scale.low) / (scale.high - scale.low);
    levels[i] = static_cast<char>(std::lround(1 + kSteps * std::clamp(share, 0.0, 1.0)));
  }
  return levels;
}

Volume fromGreyLevels(const std::string& levels, const VoxelGrid& grid, const GreyScale& scale) {
  std::array<float, 256> values{};
  for (std::size_t level = 1; level < values.size(); ++level) {
    const double share = static_cast<double>(level - 1) / kSteps;
    values[level] = static_cast<float>(scale.low + share * (scale.high - scale.low));
  }
  Volume image{grid, std::vector<float>(levels.size())};
  for (std::size_t i = 0; i < levels.size(); ++i)
    image.voxels[i] = values[static_cast<std::uint8_t>(levels[i])];
  return image;
}

}  // namespace modascope
