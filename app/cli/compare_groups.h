#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/metrics/group_comparison.h"

namespace modascope {

/// What `modascope compare` is asked.
struct CompareRequest {
  std::vector<std::filesystem::path> runs;
  std::vector<std::string> groups;  ///< "gmd=RUN,RUN"
  std::filesystem::path data;
  std::string split = {};  ///< empty: what the first run held out
  bool allowOverlap = false;
  std::string checkpoint = "last";
  std::uint64_t seed = 1;
  bool hd95 = true;
  bool json = false;
};

/// Runs that stand for one thing: the seeds or the folds of a method.
struct ComparedGroup {
  std::string name;
  std::vector<std::filesystem::path> runs;
  std::string split = {};     ///< that was scored
  std::size_t trainedOn = 0;  ///< the most cases of patients that one of the runs was trained on
  std::vector<SubsetTable> pooled = {};  ///< of each run, over all cases
  std::vector<CaseTables> tables = {};   ///< of each run, in columns that a single case has
  /// Where the runs are adaptations: learnt numbers of a subset, percent of the network's.
  std::optional<double> learntPercent = {};
};

/// Id → why a case could not be scored.
using LeftOutCases = std::map<std::string, std::string>;

/// Every group scored, the first being what the others are compared with.
std::vector<ComparedGroup> scoredGroups(const CompareRequest& request, LeftOutCases& leftOut,
                                        std::stop_token stop);

}  // namespace modascope
