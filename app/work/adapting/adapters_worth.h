#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/work/adapting/adaptation_report.h"
#include "core/events/run_phase.h"
#include "core/modality/modality.h"

namespace modascope {

/// What an adaptation's adapters are worth, as a table shows it: a row for each adapted set.
struct AdaptersWorth {
  ModalitySchema schema;
  std::string score;  ///< what is scored, and on what: "mean Dice on the test split"
  std::vector<AdaptedSet> sets;
};

/// Of the scored split; where none was scored, what the validation cases said while they were
/// learnt.
AdaptersWorth worthOf(const std::filesystem::path& run, const AdaptationReport& report);

}  // namespace modascope
