#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modascope {

/// What a picture file's header says.
struct PictureSize {
  std::size_t channels = 0;
  std::size_t height = 0;
  std::size_t width = 0;
  bool measures = false;  ///< 16 bits or a NumPy array: numbers of an instrument, not of a screen
  int turned = 1;         ///< EXIF's orientation, 1 as it lies; pixels are read as they lie

  std::size_t pixels() const { return height * width; }
  bool operator==(const PictureSize&) const = default;
};

/// [C, H, W], row by row from the top. PNG and JPEG lie in 0…1, whatever their depth; the numbers
/// of a NumPy array stay what they are.
struct Picture {
  PictureSize size;
  std::vector<float> values;
};

/// Class numbers, [H, W].
struct LabelPicture {
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::uint8_t> values;
};

/// Whether a fourth channel (or a second one beside grey) is transparency, which says nothing about
/// the scene, or a measurement like the others.
enum class FourthChannel { Transparency, Measurement };

}  // namespace modascope
