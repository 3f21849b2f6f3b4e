#pragma once

#include <cstdint>
#include <optional>

#include "core/modality/modality.h"

namespace modascope {

/// What a run is at, beside its steps.
enum class RunPhase {
  Looking,  ///< at the data, before the first step
  Training,
  Validating,  ///< while it trains
  Scoring,     ///< what came out
  Writing      ///< a checkpoint
};

/// A phase begins or has come further. Steps do not say so: they are training.
struct PhaseEvent {
  RunPhase phase = RunPhase::Training;
  std::int64_t done = 0;  ///< of its cases
  std::int64_t of = 0;    ///< all of them; 0: they are not counted
  /// Of the whole run, with the one that is going on; nothing: as was said before.
  std::optional<std::int64_t> validationsLeft = {};
};

/// How far one subset of an adaptation has come, and what its adapter is worth.
struct AdaptedSet {
  ModalitySet set = ModalitySet::firstOf(1);
  std::int64_t learnt = 0;            ///< numbers that its adapter has
  std::optional<double> frozen = {};  ///< the task's main score of the network as it was
  std::optional<double> adapted = {};
  bool done = false;  ///< learnt and kept
};

}  // namespace modascope
