#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/work/cohort_data.h"
#include "app/work/running/run_control.h"
#include "core/runs/run_store.h"

namespace modascope {

/// Opens data and looks at these splits of them: what is trained on and validated with. Nothing
/// when stopped.
std::optional<CohortData> examinedData(const std::function<CohortData()>& open,
                                       const TrainingControl& control,
                                       const std::vector<std::string>& splits = {"train", "valid"});

/// Trains in a folder that has its config and manifest; `goOn` from its newest checkpoint.
/// `weighed` says what a step takes, where it was weighed already. What goes wrong is written down
/// there before it goes on its way.
TrainingOutcome trainIn(const RunFolder& folder, const CohortData& data,
                        const TrainingControl& control, bool goOn,
                        std::optional<std::string> weighed);

}  // namespace modascope
