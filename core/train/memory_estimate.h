#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/config/run_config.h"
#include "core/models/model.h"
#include "core/problem/task.h"

namespace modascope {

/// Bytes at the most demanding moment of a training step.
struct MemoryEstimate {
  double weights = 0;      ///< parameters, Adam's moments and what a step makes of them
  double rows = 0;         ///< [E, P], the gradients
  double activations = 0;  ///< kept for the backward pass
  double cotangents = 0;   ///< in the backward pass
  double outputs = 0;      ///< of all subsets, their losses' gradients
  double measured = 0;     ///< all but the weights, where it was tried out

  double total() const { return weights + rows + activations + cotangents + outputs + measured; }
};

/// Of parameters, Adam's moments, what a step makes of them, and libraries.
double lastingBytes(const MultimodalModel& model);

/// Of volumes, on the processor. From the settings and the network's layout alone, by what its
/// blocked layers keep. Counts the steps that need most: with a tolerance those that are audited,
/// otherwise those that are observed.
MemoryEstimate estimateStep(const RunConfig& config, const MultimodalModel& model);

/// "A training step takes about 2.3 GB; 21 GB are free."
std::string describe(const MemoryEstimate& estimate, std::optional<std::uint64_t> available);

/// An estimate is true to a quarter; false where nobody knows what is free.
bool surelyExceeds(const MemoryEstimate& estimate, std::optional<std::uint64_t> available);
/// Throws `Error` (System) that says what to lower when the step surely does not fit.
void requireMemory(const MemoryEstimate& estimate, std::optional<std::uint64_t> available,
                   const RunConfig& config, Task task = kDefaultTask);
/// What to lower, for these settings, where memory is short: "Lower train.crop (48) or …".
std::string memoryAdvice(const RunConfig& config, Task task = kDefaultTask);

}  // namespace modascope
