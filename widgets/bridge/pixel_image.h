#pragma once

#include <QImage>
#include <QLineF>
#include <QList>
#include <cstdint>
#include <optional>
#include <span>

#include "widgets/bridge/slice_image.h"

namespace modascope {

/// Channels of one picture, [C, height, width], row by row from the top.
struct PixelChannels {
  std::span<const float> values;
  int height = 0;
  int width = 0;

  std::size_t pixels() const {
    return static_cast<std::size_t>(height) * static_cast<std::size_t>(width);
  }
  std::size_t count() const { return pixels() > 0 ? values.size() / pixels() : 0; }
};

/// Three channels are colour, of other numbers the first is grey.
constexpr bool isColour(std::size_t channels) {
  return channels == 3;
}
/// The 0.5 and 99.5 % quantiles of the finite values; where those are one, the ends; {0, 1} if
/// there are none. Of more than four million values every third is looked at.
IntensityWindow pixelWindow(std::span<const float> values);
/// One channel by its window; colours as they are, or by a window of all three where they leave
/// 0…1. What is not finite is black.
QImage pixelImage(const PixelChannels& channels);

/// Class numbers, [height, width]; 255 where nobody knows.
struct PixelClasses {
  std::span<const std::uint8_t> values;
  int height = 0;
  int width = 0;
};

/// Each pixel in its class's colour, opaque; transparent where nobody knows and where it is
/// `clear`.
QImage classImage(const PixelClasses& classes, std::optional<std::uint8_t> clear);
/// White where `classes` has the class and `others` knows that it is another; transparent
/// elsewhere.
QImage onlyInFirstImage(const PixelClasses& classes, const PixelClasses& others,
                        std::uint8_t which);
/// The borders of a class, along the edges of pixels.
QList<QLineF> classOutline(const PixelClasses& classes, std::uint8_t which);

}  // namespace modascope
