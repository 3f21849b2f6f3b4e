#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "app/work/training.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// A frozen network to be adapted to missing modalities (METHOD section 5).
struct AdaptationRequest {
  std::filesystem::path run;  ///< of the frozen network
  std::string checkpoint = "last";
  std::filesystem::path data;
  std::filesystem::path out;        ///< does not exist, is empty, or holds the beginning of this
  std::filesystem::path runs = {};  ///< where a new folder is made if `out` is not said
  std::string method = "ssf";       ///< ssf, bitfit, lora, norm or dedicated
  std::string subsets = "all";      ///< a word of gmd.subsets, or subsets such as "t1+t2,flair"
  std::int64_t rank = 4;            ///< of lora
  std::int64_t steps = 0;   ///< for each subset; 0: `kAdapterSteps`, or the run's own of dedicated
  double learningRate = 0;  ///< 0: what suits the method
  std::int64_t seed = -1;   ///< -1: the run's own
  /// That is scored at the end; empty: valid if there is one, else none. Test only if asked for.
  std::string split = {};
};
inline constexpr std::int64_t kAdapterSteps = 300;
inline constexpr const char* kNoSplit = "none";  ///< scores nothing

/// What the adapters of a network are worth: scores of each subset without and with them.
struct AdaptationReport {
  std::string base;  ///< folder of the frozen network's run
  std::string checkpoint;
  std::string method;
  std::int64_t steps = 0;  ///< for each subset
  std::string split;       ///< empty: none was scored, and both tables have no rows
  std::int64_t baseParameters = 0;
  double learntPercent = 0;          ///< of Θ, the largest of the subsets
  std::vector<std::int64_t> learnt;  ///< numbers of each adapted subset
  std::vector<ModalitySet> adapted;
  SubsetTable frozen;  ///< every subset
  SubsetTable scores;  ///< every subset; those that were not adapted score as the frozen network
};

/// Of those of the subsets that have one, in the task's main score; NaN if none has.
double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of);

/// The subsets that a request's words name: a word of gmd.subsets, or "t1+t2,flair". Throws `Error`
/// when they name none that lacks a modality.
std::vector<ModalitySet> subsetsToAdapt(const ModalitySchema& schema, const std::string& words);

/// Learns an adapter for each subset on the run's training cases, keeping the best on the
/// validation cases (the identity included), writes adapters.safetensors into a folder that is then
/// a run of its own, and scores it: `readAdaptation`. Steps count on from subset to subset. What
/// was learnt when it is stopped is kept, and the same request, or `resumeTraining`, goes on with
/// it. Throws `Error`, before anything is written, when run and data do not fit each other.
TrainingOutcome adaptRun(const AdaptationRequest& request, const TrainingControl& control = {});

/// Whether the run's network is another's with adapters.
bool isAdaptation(const std::filesystem::path& run);
/// And it was brought to its end.
bool isWholeAdaptation(const std::filesystem::path& run);
AdaptationReport readAdaptation(const std::filesystem::path& run);
/// The one line of JSON that `modascope adapt --json` prints.
std::string adaptationJson(const AdaptationReport& report);

}  // namespace modascope
