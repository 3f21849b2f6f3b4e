#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace modascope {

/// Small picture files for tests. Values lie row by row, the channels of a pixel together.
struct Pixels {
  std::uint32_t width = 1;
  std::uint32_t height = 1;
  std::vector<unsigned> values;
};

/// 1 grey, 2 grey and transparency, 3 colour, 4 colour and transparency; 8 or 16 bits.
void writePng(const std::filesystem::path& file, const Pixels& pixels, int channels = 1,
              int bits = 8);
/// Number i of the palette has the colour (10 i, 20 i, 30 i).
void writePalettePng(const std::filesystem::path& file, const Pixels& pixels);
/// A grey PNG of 8 bits whose header claims a size, whatever its values are; with a chunk tEXt
/// before them.
void writeClaimingPng(const std::filesystem::path& file, const Pixels& pixels,
                      const std::string& text = "");
/// 1 grey or 3 colour, of the best quality.
void writeJpeg(const std::filesystem::path& file, const Pixels& pixels, int channels,
               bool progressive = false);
/// A NumPy array with this dictionary before its bytes, of version 1, 2 or 3.
void writeNpyBytes(const std::filesystem::path& file, const std::string& dictionary,
                   const std::string& bytes, int version = 1);
/// float32, [height, width]; `shape` and `type` as NumPy writes them.
void writeNpy(const std::filesystem::path& file, const std::string& shape,
              const std::vector<float>& values, const std::string& type = "<f4");
void writeLines(const std::filesystem::path& file, const std::string& lines);

}  // namespace modascope
