#pragma once

#include <QStringList>

#include "core/config/run_config.h"

namespace modascope {

/// What was edited in a form since it said `shown`, and is otherwise in a run's own settings, which
/// alone count when it goes on: "Steps 90 → 60 (train.steps)".
QStringList unusedEdits(const RunConfig& shown, const RunConfig& edited, const RunConfig& recorded);

}  // namespace modascope
