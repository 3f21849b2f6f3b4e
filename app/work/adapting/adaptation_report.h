#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/metrics/subset_table.h"

namespace modascope {

/// What the adapters of a network are worth: scores of each subset without and with them.
struct AdaptationReport {
  AdaptationReport(const ModalitySchema& schema, Task task)
      : frozen{schema, {}, {}, Reference::Truth, task}, scores(frozen) {}

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
/// The set's main score; nothing where no case has it.
std::optional<double> mainOf(const SubsetTable& table, ModalitySet set);
double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of);

AdaptationReport readAdaptation(const std::filesystem::path& run);
/// adaptation.json: the base, how it was adapted, and both tables of scores.
void writeAdaptation(const std::filesystem::path& run, const AdaptationReport& report);
/// The one line of JSON that `modascope adapt --json` prints.
std::string adaptationJson(const AdaptationReport& report);

/// The base's run: where it was, or, since folders move, where it now lies in the same way from the
/// adaptation's folder, or beside it. Throws `Error` when it is nowhere.
std::filesystem::path baseOf(const std::filesystem::path& run, const AdaptationReport& report);

}  // namespace modascope
