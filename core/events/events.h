#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/matrix.h"
#include "core/modality/modality.h"

namespace modascope {

/// One block of a network as a person would draw it.
struct BlockDescription {
  std::string name;  ///< "down 2"
  std::string kind;  ///< "encoder", "bottleneck", "decoder", "fusion" or "head"
  int level = 0;     ///< halvings of resolution at its output; 0 is full resolution
  std::int64_t sharedParameters = 0;
  std::int64_t perModalityParameters = 0;  ///< of each modality
  /// The only subset for which it runs; then `sharedParameters` are its own.
  std::optional<ModalitySet> onlyFor = std::nullopt;
  /// The only modality for which it runs; then `sharedParameters` are the modality's own.
  std::optional<ModalityId> owner = std::nullopt;

  bool runsFor(ModalitySet set) const {
    return (!onlyFor || *onlyFor == set) && (!owner || set.contains(*owner));
  }
};

/// What subsets have learnt on a frozen network.
struct AdapterDescription {
  std::string method;                              ///< "ssf"
  std::map<ModalitySet, std::int64_t> parameters;  ///< that a subset switches
};

/// A network in its own words, enough to draw it.
struct ModelDescription {
  std::string kind;  ///< "ds-norm"
  ModalitySchema schema;
  std::vector<std::string> outputs;      ///< {"wt", "tc", "et"}
  std::vector<BlockDescription> blocks;  ///< in the order in which data flows
  bool branchPerModality = true;         ///< an absent modality's branch does not run at all
  std::optional<AdapterDescription> adapter = std::nullopt;

  std::int64_t sharedParameters() const;  ///< by all subsets
  std::int64_t perModalityParameters() const;
  std::int64_t totalParameters() const;
  /// Parameters that take part when `set` is available.
  std::int64_t activeParameters(ModalitySet set) const;
};

/// What the gradients of one step looked like. Norms are of the whole parameter vector, before any
/// clipping or projection.
struct GradientFacts {
  std::vector<double> modalityNorms;  ///< |g_{m}| of the singleton subsets; NaN where not measured
  std::vector<double> shares;         ///< |g_m| / Σ|g_k|; NaN likewise
  Matrix gram;                        ///< [S, S] inner products of the subsets' gradients
  int conflictingPairs = 0;           ///< unordered pairs with g_i · g_j < 0
  double mergedNorm = 0;              ///< of the gradient that the optimiser got
  /// With a tolerance, per modality: backward passes that stood for its subsets, and the part of
  /// the energy of their signals that was left out. Empty for exact gradients.
  std::vector<int> ranks;
  std::vector<double> discarded;
  /// Between the gradient taken and the exact one; NaN on steps without an audit.
  double exactCosine = std::numeric_limits<double>::quiet_NaN();
};

/// One optimisation step.
struct StepEvent {
  std::int64_t step = 0;      ///< 1 for the first
  std::int64_t steps = 0;     ///< of the whole run
  double epoch = 0;           ///< passes over the training cases so far
  double seconds = 0;         ///< of this step
  double elapsedSeconds = 0;  ///< since training started or resumed
  double learningRate = 0;
  std::vector<std::string> cases;    ///< in the batch
  std::vector<ModalitySet> subsets;  ///< those that had samples, in the order of the rows
  std::vector<double> losses;        ///< one per subset
  double meanLoss = 0;
  std::optional<GradientFacts> gradients;  ///< nothing on steps that do not measure them
};

/// Scores of the validation cases: hard Dice of each region, or the columns of the task.
struct ValidationEvent {
  std::int64_t step = 0;
  std::vector<std::string> columns;
  std::vector<double> scores;  ///< mean over subsets and cases, one per column
  bool best = false;
};

enum class RunState {
  Queued,
  Preparing,
  Running,
  Pausing,
  Paused,
  Stopping,
  Finished,
  Failed,
  Interrupted
};
std::string_view keyOf(RunState state);  // "running"
/// Throws `Error` on an unknown word.
RunState runStateFrom(std::string_view key);

struct AdaptedSet;
struct PhaseEvent;

/// Hears what a run does, on the training thread. Must return quickly: training waits.
class TrainObserver {
 public:
  virtual ~TrainObserver() = default;
  virtual void onModel(const ModelDescription&) {}
  virtual void onState(RunState, const std::string& /*words*/) {}
  virtual void onStep(const StepEvent&) {}
  virtual void onValidation(const ValidationEvent&) {}
  /// A checkpoint is on disk.
  virtual void onCheckpoint(std::int64_t /*step*/) {}
  virtual void onNote(const std::string&) {}
  /// See run_phase.h for these two.
  virtual void onPhase(const PhaseEvent&) {}
  virtual void onAdapted(const AdaptedSet&) {}
};

/// Angle between the gradients of rows i and j in degrees; NaN if one of them is zero.
double angleDegrees(const Matrix& gram, std::size_t i, std::size_t j);

}  // namespace modascope
