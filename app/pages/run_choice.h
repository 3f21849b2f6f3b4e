#pragma once

#include <filesystem>

class QComboBox;

namespace modascope {

/// "No run" and the runs of a folder that have a checkpoint, newest first, with the path as data;
/// the chosen one is marked.
void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen);

}  // namespace modascope
