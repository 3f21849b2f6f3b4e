#pragma once

#include <QString>
#include <filesystem>

namespace modascope {

/// Why no run can be made in a folder, in a sentence; empty if one can. Makes the folder.
QString whyNoRunsIn(const std::filesystem::path& folder);

}  // namespace modascope
