#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/error.h"

namespace modascope {

/// `modascope check` of features or pictures: reads all of it and says what a network could be
/// asked, from which modalities, and which samples lack some. Throws `Error` as reading does.
void checkSamples(const std::filesystem::path& path, bool json);

/// A case that is left out, and why.
struct Excluded {
  std::string id;
  std::string reason;
};
/// Of `count` "cases" in a folder or file, all of which are; the reasons of the others have been
/// printed.
Error nothingUsable(std::size_t count, const std::string& noun, const std::filesystem::path& path,
                    const Excluded& first);

}  // namespace modascope
