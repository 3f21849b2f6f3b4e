#pragma once

#include <ostream>
#include <vector>

#include "core/events/events.h"

namespace modascope {

/// One line a step, after one that names the columns (RFC 4180, lines end with \n). Numbers read
/// back as they were, whatever the locale; what was not measured is an empty cell. Every run of
/// one schema has the same columns: a loss for each subset, "loss_t1+flair", then per modality the
/// gradient's norm and share, the rank and the discarded energy.
void writeStepsCsv(std::ostream& out, const std::vector<StepEvent>& steps,
                   const ModalitySchema& schema);
/// step, dice_wt, …, best (0 or 1): one line a validation.
void writeValidationsCsv(std::ostream& out, const std::vector<ValidationEvent>& validations);

}  // namespace modascope
