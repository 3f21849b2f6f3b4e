#pragma once

#include <memory>

#include "core/problem/problem.h"
#include "core/train/memory_estimate.h"

namespace modascope {

/// What a step on features or pictures takes: made-up batches, doubled up to half of train.batch,
/// go through the step itself, and what they took goes on in a straight line. Larger batches hardly
/// take less than that, so that doubling ends where `available` surely does not suffice.
/// Takes about as long as a step. The network stays as it is.
MemoryEstimate measureStep(const RunConfig& config, const Problem& problem,
                           const std::shared_ptr<const MultimodalModel>& model,
                           std::optional<std::uint64_t> available);

/// Of volumes estimated, of other data measured. Throws `Error` that says what to lower where
/// memory does not suffice to measure.
MemoryEstimate memoryOfStep(const RunConfig& config, const Problem& problem,
                            const std::shared_ptr<const MultimodalModel>& model,
                            std::optional<std::uint64_t> available);

}  // namespace modascope
