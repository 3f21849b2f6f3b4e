#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>

#include "app/work/cohort_data.h"
#include "app/work/training/run_losses.h"
#include "core/config/run_config.h"
#include "core/events/events.h"
#include "core/runs/run_store.h"

namespace modascope {

class MultimodalModel;
struct ValidationScores;

/// Where a run's facts go.
struct RunEnds {
  TrainObserver& observer;  ///< outlives who is told of it
  std::shared_ptr<RunLosses> losses;
};

/// Scores the run's validation cases. Says once of every case that it can no longer be scored.
/// Nothing where there is nothing to validate on.
std::function<std::optional<ValidationScores>(std::stop_token)> makeValidator(
    const RunConfig& config, const RunManifest& manifest,
    const std::shared_ptr<MultimodalModel>& model, const CohortData& data, const RunEnds& ends);

}  // namespace modascope
