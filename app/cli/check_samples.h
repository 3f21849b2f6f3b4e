#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "core/base/error.h"
#include "core/runs/run_store.h"

namespace modascope {

/// `modascope check` of features or pictures: reads all of it and says what a network could be
/// asked, from which modalities, and which samples lack some. Throws `Error` as reading does.
void checkSamples(const std::filesystem::path& path, bool json);

/// That none of the `count` "cases" or "samples" in the folder or file is usable, and why the first
/// is not.
Error nothingUsable(std::size_t count, const std::string& noun, const std::filesystem::path& path,
                    const LeftOut& first);

}  // namespace modascope
