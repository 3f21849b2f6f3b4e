#pragma once

#include <filesystem>

class QComboBox;
class QString;

namespace modascope {

/// "tour-7fb0" of "20261122-160805-tour-7fb0"; a folder named otherwise keeps its name.
QString nameOfRun(const std::filesystem::path& run);

/// "No run" and the runs of a folder that have a checkpoint, newest first, with the path as data;
/// the chosen one is marked, wherever it lies.
void listRuns(QComboBox& box, const std::filesystem::path& folder,
              const std::filesystem::path& chosen);

}  // namespace modascope
