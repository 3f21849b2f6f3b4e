#pragma once

#include <filesystem>

namespace modascope {

/// `modascope check` of features or pictures: reads all of it and says what a network could be
/// asked, from which modalities, and which samples lack some. Throws `Error` as reading does.
void checkSamples(const std::filesystem::path& path, bool json);

}  // namespace modascope
