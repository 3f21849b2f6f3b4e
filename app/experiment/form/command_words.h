#pragma once

#include <QString>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "app/work/adapting/adaptation_request.h"
#include "app/work/training/training.h"

namespace modascope {

/// This program as a shell finds it: "modascope" where that is it, else its full path.
std::string programWord();

/// The same run on the command line, to be pasted into a shell in any folder: paths are absolute,
/// odd characters are quoted, and every setting that differs from the default is named.
QString commandFor(const TrainingRequest& request, Task task = kDefaultTask,
                   const std::string& program = programWord());
/// The same adaptation; the command wants a folder named, which is made beside the other runs.
QString commandFor(const AdaptationRequest& request, const std::string& program = programWord());
/// Goes on with a run, to its own last step or to a later one.
QString commandToResume(const std::filesystem::path& run, std::optional<std::int64_t> steps = {},
                        const std::string& program = programWord());

}  // namespace modascope
