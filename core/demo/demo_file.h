#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/demo/demo.h"

namespace modascope {

inline constexpr const char* kDemoSuffix = ".demo";

/// How a demonstration is packed.
struct DemoPacking {
  bool asIs = false;  ///< intensities as 32-bit numbers instead of 8 bits
  /// More parts, kept as they are and never read by `readDemo`: names and bytes.
  std::vector<std::pair<std::string, std::string>> more = {};
};

/// One file: a zip container with demo.json, the images, the truth, and for each network and subset
/// labels and map (see demo.md in the manual). Equal demonstrations make equal bytes.
std::string packDemo(const Demo& demo, const DemoPacking& packing = {});
/// Sizes are checked before memory is taken by them. Throws `Error` naming the file: no container,
/// cut off, damaged, too large, of a newer version, or contradicting itself.
Demo readDemo(std::string_view bytes, const std::string& file);
Demo readDemoFile(const std::filesystem::path& file);

}  // namespace modascope
