#pragma once

#include <cstdint>
#include <filesystem>
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

/// .png, .jpg, .jpeg or .npy, upper or lower case.
bool isPictureName(const std::filesystem::path& file);

/// PNG (grey, palette, colour; 1 to 16 bits), JPEG (grey, colour), NumPy arrays [H, W] of real
/// numbers (integers, floating point, true and false; either order of bytes and of axes; further
/// axes of length 1 do not count). By what the file holds, not by its name. Throws `Error` naming
/// the file and what is wrong with it, or that it would need more memory than there is.
PictureSize pictureSize(const std::filesystem::path& file,
                        FourthChannel fourth = FourthChannel::Transparency);
Picture readPicture(const std::filesystem::path& file,
                    FourthChannel fourth = FourthChannel::Transparency);

/// A grey PNG, whose transparency is passed over, one with a palette (its numbers count, not its
/// colours), or a NumPy array of whole numbers. Throws `Error` for others and for a number above
/// 255.
LabelPicture readLabelPicture(const std::filesystem::path& file);

}  // namespace modascope
