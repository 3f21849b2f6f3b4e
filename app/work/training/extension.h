#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace modascope {

/// A run that was asked to go on to more steps than it was made for (extensions.json).
struct Extension {
  std::int64_t from = 0;  ///< train.steps before
  std::int64_t to = 0;
  std::int64_t atStep = 0;  ///< the checkpoint that it went on from
  std::string when;         ///< ISO 8601 with zone
};

/// Those of a run, in their order; none where it was never extended.
std::vector<Extension> extensionsOf(const std::filesystem::path& run);

/// In the place of those; none leaves no file.
void writeExtensions(const std::filesystem::path& run, const std::vector<Extension>& extensions);

/// What an extension does to the learning rate: "The learning rate now falls to zero at step 90
/// instead of 60; at step 61 it is 0.0011 instead of 0."
std::string rateWords(const Extension& extension, double rate);

}  // namespace modascope
