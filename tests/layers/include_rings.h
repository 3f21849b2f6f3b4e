#pragma once

#include <string>
#include <vector>

#include "tests/layers/include_check.h"

namespace modascope::layers {

/// Modules that cannot be understood one after the other. A module is a header and the source of
/// the same name (core/train/loss.h, core/train/loss.cpp), or one of both alone; it leads to those
/// whose headers its files include.
struct IncludeRing {
  std::vector<std::string> modules;  ///< every one leads to every other; sorted
  std::string words;                 ///< a shortest way round: "core/a/x → core/a/y → core/a/x"
};
std::vector<IncludeRing> includeRings(const Sources& sources);

}  // namespace modascope::layers
