#pragma once

#include <filesystem>
#include <random>
#include <string>

#include "tests/core/imagefolder/picture_writer.h"

namespace modascope {

/// Scenes of 40 × 24 pixels with a bright square on dark ground, in colour and in depth; four to
/// train on and two each to validate and to test. The last of the training scenes has no depth.
inline void writeMadeUpPictures(const std::filesystem::path& folder) {
  constexpr std::uint32_t kWidth = 40, kHeight = 24, kSide = 10;
  std::mt19937 rng(5);
  for (const char* name : {"rgb", "depth", "label"})
    std::filesystem::create_directories(folder / name);
  std::string lists[3];
  for (int i = 0; i < 8; ++i) {
    const std::uint32_t left = rng() % (kWidth - kSide), top = rng() % (kHeight - kSide);
    Pixels colour{kWidth, kHeight, {}}, depth{kWidth, kHeight, {}}, label{kWidth, kHeight, {}};
    for (std::uint32_t y = 0; y < kHeight; ++y)
      for (std::uint32_t x = 0; x < kWidth; ++x) {
        const bool inside = x - left < kSide && y - top < kSide;
        for (int c = 0; c < 3; ++c) colour.values.push_back((inside ? 170 : 40) + rng() % 40);
        depth.values.push_back((inside ? 60 : 150) + rng() % 60);
        label.values.push_back(inside ? 1 : 0);
      }
    const std::string id = "scene" + std::to_string(i), file = id + ".png";
    writePng(folder / "rgb" / file, colour, 3);
    if (i != 3) writePng(folder / "depth" / file, depth);
    writePng(folder / "label" / file, label);
    lists[i < 4 ? 0 : i < 6 ? 1 : 2] += id + '\n';
  }
  writeLines(folder / "train.txt", lists[0]);
  writeLines(folder / "valid.txt", lists[1]);
  writeLines(folder / "test.txt", lists[2]);
  writeLines(folder / "classes.txt", "ground\nsquare\n");
}

}  // namespace modascope
