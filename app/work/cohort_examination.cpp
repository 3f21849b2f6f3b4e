#include "app/work/cohort_examination.h"

#include <set>

#include "core/base/error.h"
#include "core/cohort/examination.h"
#include "core/data/case_source.h"
#include "core/events/events.h"
#include "core/events/run_phase.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

bool examineThese(CohortData& data, const std::vector<CaseInfo*>& cases,
                  const ExaminationProgress& progress, const std::stop_token& stop) {
  LookCache cache(data.cohort.folder);
  ExaminationSteps steps;
  steps.progress = progress;
  steps.look = [&](const CaseInfo& info) { return data.source->look(info, stop); };
  if (data.source->hasFilesOfCases() && !examineCases(cases, steps, cache, data.files, stop))
    return false;
  return hashFiles(data.cohort.commonFiles, cache, data.files, stop);
}

/// Those of the splits, each once.
std::vector<CaseInfo*> casesOf(CohortData& data, const std::vector<std::string>& splits) {
  std::set<std::string> wanted;
  for (const std::string& split : splits)
    if (const auto ids = data.splits.find(split); ids != data.splits.end())
      wanted.insert(ids->second.begin(), ids->second.end());
  std::vector<CaseInfo*> cases;
  for (CaseInfo& info : data.cohort.cases)
    if (wanted.contains(info.id)) cases.push_back(&info);
  return cases;
}

}  // namespace

ExaminationProgress tellingLooks(TrainObserver* observer) {
  if (observer == nullptr) return {};
  return [observer](std::size_t done, std::size_t cases) {
    observer->onPhase(
        {RunPhase::Looking, static_cast<std::int64_t>(done), static_cast<std::int64_t>(cases), {}});
  };
}

bool examine(CohortData& data, const std::vector<std::string>& splits,
             const ExaminationProgress& progress, const std::stop_token& stop) {
  const std::vector<CaseInfo*> cases = casesOf(data, splits);
  std::vector<const CaseInfo*> usable;
  for (const CaseInfo* info : cases)
    if (info->usable()) usable.push_back(info);
  if (!examineThese(data, cases, progress, stop)) return false;
  std::vector<CaseInfo> excluded;
  for (const CaseInfo* info : usable)
    if (!info->usable()) {
      excluded.push_back(*info);
      data.excludedByLook.insert(info->id);
    }
  noteExcluded(excluded, data.notes);
  return true;
}

bool examineAll(CohortData& data, const ExaminationProgress& progress,
                const std::stop_token& stop) {
  std::vector<CaseInfo*> cases;
  for (CaseInfo& info : data.cohort.cases) cases.push_back(&info);
  return examineThese(data, cases, progress, stop);
}

void requireUnchanged(const KnownFiles& files, const CaseInfo& info) {
  for (const auto& file : filesOf(info)) {
    const auto known = files.find(file);
    if (known == files.end() || isUnchanged(file, known->second)) continue;
    throw Error(inQuotes(file) + (isThere(file) ? " has changed since the data were looked at."
                                                : " is gone since the data were looked at."));
  }
}

}  // namespace modascope
