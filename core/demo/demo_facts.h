#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/demo/demo.h"
#include "core/demo/grey_levels.h"

namespace modascope {

/// What demo.json says: the demonstration without its voxels, and how they are packed.
struct DemoFacts {
  Demo demo;
  bool asIs = false;
  std::vector<std::optional<GreyScale>> scales;  ///< as the schema; nothing where there is no image
  bool hasTruth = false;
  /// Of each network's answers, whether there is a map.
  std::vector<std::vector<bool>> hasMap;
};

std::string demoFactsText(const DemoFacts& facts);
/// Throws `Error` with the reason, without the file's name.
DemoFacts demoFactsFrom(std::string_view text);

}  // namespace modascope
