#pragma once

#include <filesystem>
#include <vector>

#include "core/events/run_phase.h"

namespace modascope {

/// scores.json: what the validation cases said of a set that is learnt, beside those before it.
void keepScores(const std::filesystem::path& run, const AdaptedSet& set);
/// None where nothing was kept, or it cannot be read: the adapters themselves do not depend on it.
std::vector<AdaptedSet> keptScores(const std::filesystem::path& run);
/// What is kept of the set; else only the set itself.
AdaptedSet keptOf(const std::vector<AdaptedSet>& kept, ModalitySet set);

}  // namespace modascope
