#pragma once

#include <memory>

#include "core/imagefolder/image_folder.h"
#include "core/imagefolder/picture.h"

namespace modascope::testing {

constexpr std::size_t kWide = 8, kHigh = 6;
constexpr ModalityId kColour{0}, kAngle{1}, kDepth{2}, kHeat{3};

/// Colour, two channels of an angle, depth, and heat that the case lacks; three classes.
inline Problem streetProblem() {
  return {Task::Segmentation2d,
          ModalitySchema({{"rgb", "RGB"}, {"aolp", "AoLP"}, {"depth", "Depth"}, {"heat", "Heat"}}),
          InputLayout({{3, 1}, {2, 1}, {1, 1}, {1, 1}}),
          {"road", "crack", "pothole"}};
}

inline std::vector<std::uint8_t> classesEverywhere(std::uint8_t which) {
  return std::vector<std::uint8_t>(kWide * kHigh, which);
}

/// Orange; the angle grows to the right, the depth downwards. The right half is a pothole, but for
/// the bottom row, which nobody has labelled.
inline ImageSample streetSample() {
  ImageSample sample{"a", kHigh, kWide, {}, 0b0111, {}};
  const std::size_t pixels = kWide * kHigh;
  std::vector<float> rgb(3 * pixels, 0), angle(2 * pixels, 0.25f), depth(pixels);
  sample.labels = classesEverywhere(0);
  for (std::size_t i = 0; i < pixels; ++i) {
    rgb[i] = 1;
    rgb[pixels + i] = 0.6f;
    angle[i] = static_cast<float>(i % kWide);
    depth[i] = 100.0f * static_cast<float>(i / kWide);
    if (i % kWide >= kWide / 2) sample.labels[i] = 2;
    if (i / kWide == kHigh - 1) sample.labels[i] = kIgnored;
  }
  sample.modalities = {rgb, angle, depth, std::vector<float>(pixels, 0)};
  return sample;
}

inline std::shared_ptr<const ImageSample> street() {
  return std::make_shared<const ImageSample>(streetSample());
}

/// The right three columns and the top row are a pothole.
inline std::shared_ptr<const LabelPicture> guessedPothole() {
  LabelPicture guess{kHigh, kWide, classesEverywhere(0)};
  for (std::size_t i = 0; i < guess.values.size(); ++i)
    if (i % kWide >= kWide - 3 || i < kWide) guess.values[i] = 2;
  return std::make_shared<const LabelPicture>(guess);
}

}  // namespace modascope::testing
