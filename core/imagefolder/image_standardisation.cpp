#include "core/imagefolder/image_standardisation.h"

#include <cassert>
#include <cmath>
#include <span>
#include <utility>

namespace modascope {
namespace {

bool has(const ImageSample& sample, std::size_t modality) {
  return (sample.available >> modality & 1) != 0;
}

template <typename Values>
auto channelOf(Values& values, std::size_t channel, std::size_t pixels) {
  return std::span(values).subspan(channel * pixels, pixels);
}

float standardised(float value, float mean, float deviation) {
  if (!std::isfinite(value) || !(deviation > 0)) return 0;
  return (value - mean) / deviation;
}

}  // namespace

ImageMoments::ImageMoments(const Problem& problem) {
  for (const InputShape& shape : problem.inputs.shapes()) {
    channels_.emplace_back(static_cast<std::size_t>(shape.width));
  }
}

/// A picture's own moments first, then joined with those so far (Chan et al. 1979): two passes over
/// a picture are quicker than a division a pixel, and as exact.
void ImageMoments::add(const ImageSample& sample) {
  const std::size_t pixels = sample.height * sample.width;
  for (std::size_t m = 0; m < channels_.size(); ++m) {
    if (!has(sample, m)) continue;
    for (std::size_t c = 0; c < channels_[m].size(); ++c) {
      Moments own;
      double sum = 0;
      const std::span<const float> values = channelOf(sample.modalities[m], c, pixels);
      for (const float value : values) {
        if (!std::isfinite(value)) continue;
        sum += value;
        own.count += 1;
      }
      if (own.count == 0) continue;
      own.mean = sum / own.count;
      for (const float value : values) {
        if (std::isfinite(value)) own.squares += (value - own.mean) * (value - own.mean);
      }
      Moments& all = channels_[m][c];
      const double between = own.mean - all.mean, count = all.count + own.count;
      all.squares += own.squares + between * between * all.count * own.count / count;
      all.mean += between * own.count / count;
      all.count = count;
    }
  }
}

ImageStandardisation ImageMoments::standardisation() const {
  // Sums of one number repeated are not exact: below this share of the mean nothing varies.
  constexpr double kRounding = 1e-9;
  std::vector<std::vector<float>> means, deviations;
  for (const auto& modality : channels_) {
    means.emplace_back();
    deviations.emplace_back();
    for (const Moments& channel : modality) {
      const double deviation = channel.count == 0 ? 0 : std::sqrt(channel.squares / channel.count);
      const bool varies = deviation > kRounding * std::abs(channel.mean);
      means.back().push_back(static_cast<float>(channel.mean));
      deviations.back().push_back(varies ? static_cast<float>(deviation) : 0);
    }
  }
  return {std::move(means), std::move(deviations)};
}

ImageStandardisation::ImageStandardisation(std::vector<std::vector<float>> means,
                                           std::vector<std::vector<float>> deviations)
    : means_(std::move(means)), deviations_(std::move(deviations)) {
  assert(means_.size() == deviations_.size());
}

ImageStandardisation ImageStandardisation::fit(const ImageFolderInfo& info) {
  ImageMoments moments(info.problem);
  for (const std::string& id : info.splits.front().ids)
    if (info.cases.at(id).problem.empty()) moments.add(readImages(info, id));
  return moments.standardisation();
}

void ImageStandardisation::apply(ImageSample& sample) const {
  const std::size_t pixels = sample.height * sample.width;
  for (std::size_t m = 0; m < means_.size(); ++m) {
    for (std::size_t c = 0; c < means_[m].size(); ++c) {
      for (float& value : channelOf(sample.modalities[m], c, pixels)) {
        value = has(sample, m) ? standardised(value, means_[m][c], deviations_[m][c]) : 0;
      }
    }
  }
}

}  // namespace modascope
