#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/cohort/naming/channels.h"
#include "core/volume/labels.h"

namespace modascope {

/// What a `dataset.json` states, as nnU-Net (v1: "modality", v2: "channel_names") and the Decathlon
/// write it. What it states decides, or nothing does: its channels are understood all or not at
/// all, and so are its labels.
struct DatasetFile {
  std::filesystem::path file;
  Channels channels;                   ///< empty where `channelProblem` says why
  std::string channelProblem;          ///< a sentence with what was stated; empty if there is none
  std::vector<LabelProfile> profiles;  ///< the numberings that its labels fit; empty without labels
  std::string labelProblem;
  std::string warning;  ///< of its file ending
};

/// The nearest `dataset.json` from the folder upwards to `top`. Nothing if there is none; one that
/// cannot be read is there, and has problems.
std::optional<DatasetFile> datasetFileFor(const std::filesystem::path& folder,
                                          const std::filesystem::path& top);

}  // namespace modascope
