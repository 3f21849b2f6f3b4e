#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <vector>

#include "core/config/run_config.h"

namespace modascope {

/// How long things take. Everything that a run's configuration says holds.
struct BenchRequest {
  RunConfig config;
  std::filesystem::path data;  ///< training cases that steps are taken on; empty: made-up ones
  std::size_t modalities = 4;  ///< of made-up cases
  std::int64_t warm = 100;     ///< training steps before anything is measured
  int runs = 5;                ///< of which the median is told
};

struct StepTimes {
  double seconds = 0;  ///< median of a whole step: batch to new weights
  double fastest = 0;
  double forward = 0;   ///< of the median step: forward pass and losses
  double backward = 0;  ///< gradients, projection, merging
  /// A second in convolutions, over the whole step; nothing where nobody has counted them.
  std::optional<double> gigaflops;
  std::vector<int> ranks;  ///< backward passes a modality; empty for joint
  std::vector<double> discarded;
  double cosine = 0;  ///< to the exact step, of the last one; NaN for exact and joint
  std::int64_t parameters = 0;
  std::size_t modalities = 0;
  std::int64_t subsets = 0;
  double peakBytes = 0;  ///< of the whole program
};
StepTimes benchStep(const BenchRequest& request);

struct EvaluateTimes {
  double seconds = 0;  ///< all subsets of one volume, thresholded
  double fastest = 0;
  std::int64_t subsets = 0;
  double peakBytes = 0;
};
EvaluateTimes benchEvaluate(const BenchRequest& request);

}  // namespace modascope
