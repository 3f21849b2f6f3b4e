#pragma once

#include <filesystem>

#include "app/work/adapting/adaptation_request.h"

namespace modascope {

/// plan.json: what an adaptation that was stopped goes on with if the same is asked for again.
void writePlan(const std::filesystem::path& run, const AdaptationRequest& request);
/// The request that the folder was begun with. Throws `Error` when it has no such file.
AdaptationRequest readPlan(const std::filesystem::path& run);
/// Whether the request's folder holds this very adaptation, as far as it has come.
bool isPlanOf(const AdaptationRequest& request);

}  // namespace modascope
