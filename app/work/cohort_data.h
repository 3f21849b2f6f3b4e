#pragma once

#include <memory>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/cohort/examination.h"
#include "core/config/run_config.h"
#include "core/runs/run_store.h"

namespace modascope {

class CaseSource;

/// The cases of a cohort as a run uses them.
struct CohortData {
  /// Throws `Error` when the data cannot be read.
  explicit CohortData(Cohort from, const std::stop_token& stop = {});

  Cohort cohort;
  std::shared_ptr<const CaseSource> source;  ///< never null
  Splits splits;
  std::vector<std::string> notes;
  /// The splits are those that the run recorded, on the data that it was trained on.
  bool splitsOfRun = false;
  /// The files as they were when `examine` looked at them.
  KnownFiles files = {};
  std::set<std::string> excludedByLook = {};  ///< ids whose headers alone told nothing amiss

  /// Usable cases of a split whose truth is known. Throws `Error` when the split is unknown,
  /// names a case that is not there, or leaves none.
  std::vector<CaseInfo> labelled(const std::string& split) const;
  /// Whether there are such; not of a split for prediction only.
  bool isScorable(const std::string& split) const;
  /// The same without complaint: empty where there are none.
  std::vector<CaseInfo> usable(const std::string& split) const;
  /// As far as names and headers tell, before `examine`; without complaint where there are none.
  std::vector<CaseInfo> labelledByName(const std::string& split) const;
  /// The others of a split, with the reason; empty when there is no such split.
  std::vector<LeftOut> leftOut(const std::string& split) const;
};

/// All throw `Error` as opening does, also where reading a file of features is stopped.

/// Splits come from the cohort, or from the seed.
CohortData openCohortData(const std::filesystem::path& data, std::uint64_t seed,
                          const std::stop_token& stop = {});
/// For a new run: with data.folds, splits are the folds.
CohortData openCohortData(const std::filesystem::path& data, const RunConfig& config,
                          const std::stop_token& stop = {});
/// For a look back at a run: with the run's own splits where the folder is the one that it was
/// trained in or holds the same training cases, else with the folder's.
CohortData openCohortData(const std::filesystem::path& data, const RunManifest& run,
                          const std::stop_token& stop = {});

/// Reads every usable case once. Throws `Error` as reading does.
void readOnce(const CohortData& data);

/// The first few by name and reason: there may be thousands.
void noteExcluded(const std::vector<CaseInfo>& cases, std::vector<std::string>& notes);

/// Changes when names or sizes of the cases' files change: 16 hex digits. For contents see
/// app/work/data_identity.h.
std::string fingerprintOf(const std::vector<CaseInfo>& cases);

}  // namespace modascope
