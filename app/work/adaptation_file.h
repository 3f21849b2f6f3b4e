#pragma once

#include <filesystem>

#include "app/work/adaptation.h"
#include "core/events/run_phase.h"

namespace modascope {

/// adapters.safetensors of an adaptation's folder.
std::filesystem::path adaptersFile(const std::filesystem::path& run);
/// plan.json: what an adaptation that was stopped goes on with if the same is asked for again.
void writePlan(const std::filesystem::path& run, const AdaptationRequest& request);
/// The request that the folder was begun with. Throws `Error` when it has no such file.
AdaptationRequest readPlan(const std::filesystem::path& run);
/// Whether the request's folder holds this very adaptation, as far as it has come.
bool isPlanOf(const AdaptationRequest& request);
/// scores.json: what the validation cases said of a set that is learnt, beside those before it.
void keepScores(const std::filesystem::path& run, const AdaptedSet& set);
/// None where nothing was kept, or it cannot be read: the adapters themselves do not depend on it.
std::vector<AdaptedSet> keptScores(const std::filesystem::path& run);
/// adaptation.json: the base, how it was adapted, and both tables of scores.
void writeAdaptation(const std::filesystem::path& run, const AdaptationReport& report);
/// The base's run: where it was, or, since folders move, where it now lies in the same way from the
/// adaptation's folder, or beside it. Throws `Error` when it is nowhere.
std::filesystem::path baseOf(const std::filesystem::path& run, const AdaptationReport& report);

}  // namespace modascope
