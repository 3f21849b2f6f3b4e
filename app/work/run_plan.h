#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>

#include "core/cohort/cohort.h"
#include "core/config/run_config.h"

namespace modascope {

/// How fast steps are, as far as that was measured on this machine.
struct KnownPace {
  double secondsPerStep = 0;
  std::optional<double> secondsPerValidation = {};
  std::string source;  ///< the run that was so fast; empty: a step was tried
};

/// What is known of a run before it starts.
struct RunPlan {
  std::size_t train = 0;  ///< cases whose truth is known
  std::size_t valid = 0;
  std::size_t test = 0;  ///< that can be used
  std::size_t excluded = 0;
  std::int64_t steps = 0;
  std::int64_t validations = 0;
  std::string memory;  ///< "A training step takes about 2.3 GB of memory; 21 GB are free."
  std::string advice;  ///< what to lower, where it surely does not fit; else empty
  std::optional<KnownPace> pace = {};
};

/// From names, headers and settings; of features and pictures a few made-up batches are tried out.
/// The pace is that of the newest run below `runs` with the settings that decide about it, made of
/// such data on such a processor. Throws `Error` where the settings or splits do not fit the data.
RunPlan planRun(const Cohort& cohort, const RunConfig& config, const std::filesystem::path& runs);

/// Takes two steps with fresh weights on real cases and times the second. Nothing is kept. Throws
/// `Error` as training does.
KnownPace tryStep(const std::filesystem::path& data, const RunConfig& config);

}  // namespace modascope
