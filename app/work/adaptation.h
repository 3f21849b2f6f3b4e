#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/work/trained_run.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// A frozen network to be adapted to missing modalities (METHOD section 5).
struct AdaptationRequest {
  std::filesystem::path run;  ///< of the frozen network
  std::string checkpoint = "last";
  std::filesystem::path data;
  std::filesystem::path out;    ///< does not exist, is empty, or holds the beginning of this
  std::string method = "ssf";   ///< ssf, bitfit, lora, norm or dedicated
  std::string subsets = "all";  ///< a word of gmd.subsets, or subsets such as "t1+t2,flair"
  std::int64_t rank = 4;        ///< of lora
  std::int64_t steps = 0;   ///< for each subset; 0: `kAdapterSteps`, or the run's own of dedicated
  double learningRate = 0;  ///< 0: what suits the method
  std::int64_t seed = -1;   ///< -1: the run's own
  std::string split = {};   ///< that is scored; empty: test if there is one, else valid
};
inline constexpr std::int64_t kAdapterSteps = 300;

/// What the adapters of a network are worth: scores of each subset without and with them.
struct AdaptationReport {
  std::string base;  ///< folder of the frozen network's run
  std::string checkpoint;
  std::string method;
  std::int64_t steps = 0;  ///< for each subset
  std::string split;
  std::int64_t baseParameters = 0;
  double learntPercent = 0;          ///< of Θ, the largest of the subsets
  std::vector<std::int64_t> learnt;  ///< numbers of each adapted subset
  std::vector<ModalitySet> adapted;
  SubsetTable frozen;  ///< every subset
  SubsetTable scores;  ///< every subset; those that were not adapted score as the frozen network
};

/// Of the adapted subsets, in the task's main score.
double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of);

/// Hears how it goes; the subset's place counts from 0.
struct AdaptationProgress {
  std::function<void(ModalitySet set, std::size_t index, std::size_t count)> begins;
  std::function<void(const std::string& note)> note;
};

/// Learns an adapter for each subset on the run's training cases, keeping the best on the
/// validation cases (the identity included), writes adapters.safetensors into `out`, which is then
/// a run of its own, and scores it. Nothing when stopped; what was learnt so far is kept then, and
/// the same request goes on with it.
/// Throws `Error`, before anything is written, when run and data do not fit each other.
std::optional<AdaptationReport> adaptRun(const AdaptationRequest& request, std::stop_token stop,
                                         const AdaptationProgress& progress = {});

/// Whether the run's network is another's with adapters.
bool isAdaptation(const std::filesystem::path& run);
/// And it was brought to its end.
bool isWholeAdaptation(const std::filesystem::path& run);
AdaptationReport readAdaptation(const std::filesystem::path& run);
/// The one line of JSON that `modascope adapt --json` prints.
std::string adaptationJson(const AdaptationReport& report);

}  // namespace modascope
