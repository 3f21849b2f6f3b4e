#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/runs/run_store.h"

namespace modascope {

/// Where two runs part.
struct Difference {
  std::int64_t step = 0;
  std::string words;  ///< "loss of t1+t2: 0.25 and 0.26"
};

/// Two runs beside each other, number by number and bit by bit: cases, losses, gradients and
/// learning rate of every step that both have recorded, every validation, and the weights of the
/// last checkpoint where both made it at the same step. Times do not count.
struct RunComparison {
  std::int64_t steps = 0;                ///< that both have recorded
  bool weights = false;                  ///< whether both have weights of one step
  std::optional<Difference> difference;  ///< the first one; nothing if the runs are the same
};
/// Throws `Error` when the runs have no step in common.
RunComparison compareRuns(const RunFolder& first, const RunFolder& second);

/// "same: 600 steps and the weights agree bit for bit" or
/// "differs from step 12 (loss of t1+t2: 0.25 and 0.26)".
std::string verdictOf(const RunComparison& comparison);

/// What may make a run come out differently the second time, one sentence each: other versions,
/// device, threads, processor, data or settings.
std::vector<std::string> reasonsToDiffer(const RunFolder& first, const RunFolder& second);

}  // namespace modascope
