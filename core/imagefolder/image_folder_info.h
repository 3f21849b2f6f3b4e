#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/imagefolder/image_layout.h"
#include "core/problem/problem.h"

namespace modascope {

/// One scene: the pictures of its modalities, all of one size.
struct ImageCase {
  std::string id;
  /// [modality][part], see `ImageModality`; no part for an absent modality.
  std::vector<std::vector<std::filesystem::path>> files;
  std::optional<std::filesystem::path> label;
  std::uint8_t available = 0;  ///< bits of the `ModalitySet`, 0 for none
  std::size_t height = 0;      ///< pixels
  std::size_t width = 0;
  std::string problem;  ///< which of its files is broken, and how; empty if none is known to be
};

struct ImageSplit {
  std::string name;  ///< "train", "valid" or "test"
  std::vector<std::string> ids;
  std::size_t size() const { return ids.size(); }
};

/// What a label's number stands for: a class, or nothing that counts.
inline constexpr std::uint8_t kIgnored = 255;
using ClassOfValue = std::array<std::uint8_t, 256>;

/// What lies in a folder of pictures, from names, headers and labels.
struct ImageFolderInfo {
  std::filesystem::path folder;
  Problem problem;  ///< inputs: `width` = channels; outputs: the classes
  ImageLayout layout;
  std::vector<ImageSplit> splits;  ///< train first
  std::map<std::string, ImageCase> cases;
  ClassOfValue classes{};
  std::vector<std::string> notes;
};

}  // namespace modascope
