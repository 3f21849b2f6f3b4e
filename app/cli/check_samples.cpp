#include "app/cli/check_samples.h"

#include <algorithm>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/work/cohort_data.h"
#include "app/work/cohort_examination.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/problem/task_facts.h"
#include "core/system/terminal.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;

/// How many of the cases lack the modality.
std::size_t absentIn(const Cohort& cohort, ModalityId id) {
  return static_cast<std::size_t>(
      std::count_if(cohort.cases.begin(), cohort.cases.end(), [id](const CaseInfo& info) {
        return info.modalities[id.index()].presence != Presence::Present;
      }));
}

std::string joinedNames(const std::vector<std::string>& names) {
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

Json toJson(const CohortData& data) {
  const Cohort& cohort = data.cohort;
  Json json{{"task", keyOf(cohort.problem.task)}, {"outputs", cohort.problem.outputs}};
  for (const ModalityId id : cohort.problem.schema.ids())
    json["modalities"].push_back({{"key", cohort.problem.schema.key(id)},
                                  {"width", cohort.problem.inputs[id].width},
                                  {"steps", cohort.problem.inputs[id].steps},
                                  {"absent", absentIn(cohort, id)}});
  for (const auto& [name, ids] : data.splits) json["splits"][name] = ids.size();
  json["notes"] = data.notes;
  return json;
}

void print(const CohortData& data) {
  const Cohort& cohort = data.cohort;
  std::printf("%s: %s\n", std::string(keyOf(cohort.problem.task)).c_str(),
              joinedNames(cohort.problem.outputs).c_str());
  std::size_t width = 16;
  for (const ModalityId id : cohort.problem.schema.ids())
    width = std::max(width, cohort.problem.schema.label(id).size() + 2);
  for (const ModalityId id : cohort.problem.schema.ids()) {
    const InputShape& shape = cohort.problem.inputs[id];
    std::printf("%-*s", static_cast<int>(width), cohort.problem.schema.label(id).c_str());
    if (shape.steps > 1) std::printf("%lld steps of ", static_cast<long long>(shape.steps));
    std::printf("%lld %s%s, absent in %zu\n", static_cast<long long>(shape.width),
                factsOf(cohort.problem.task).widthWord, shape.width == 1 ? "" : "s",
                absentIn(cohort, id));
  }
  std::printf("%zu %s:", cohort.cases.size(), factsOf(cohort.problem.task).casesWord);
  for (const auto& [name, ids] : data.splits) std::printf(" %s %zu", name.c_str(), ids.size());
  std::printf("\n");
  for (const std::string& note : data.notes) std::printf("%s\n", note.c_str());
}

/// As of volumes: data of which nothing is left are refused, after it was said why.
void requireUsable(const Cohort& cohort) {
  const auto usable = [](const CaseInfo& info) { return info.usable(); };
  if (cohort.cases.empty() || std::any_of(cohort.cases.begin(), cohort.cases.end(), usable)) return;
  const CaseInfo& first = cohort.cases.front();
  throw nothingUsable(
      cohort.cases.size(), factsOf(cohort.problem.task).casesWord, cohort.folder,
      {.caseId = first.id, .split = {}, .reason = first.notes.empty() ? "" : first.notes.back()});
}

}  // namespace

void checkSamples(const std::filesystem::path& path, bool json) {
  CohortData data = openCohortData(path, std::uint64_t{1});
  ProgressLine progress;
  std::vector<std::string> splits;
  for (const auto& [name, ids] : data.splits) splits.push_back(name);
  const bool watched = isTerminal(Stream::Error);
  const bool whole =
      examine(data, splits, tellingLooks(watched ? &progress : nullptr), Interrupt::token());
  progress.endLine();
  if (!whole)
    throw Error("The check was stopped; what was seen until then is remembered.", Fault::System);
  readOnce(data);
  if (json)
    std::printf("%s\n", jsonText(toJson(data), 2).c_str());
  else
    print(data);
  requireUsable(data.cohort);
}

Error nothingUsable(std::size_t count, const std::string& noun, const std::filesystem::path& path,
                    const LeftOut& first) {
  return Error("None of the " + std::to_string(count) + " " + noun + " in " + inQuotes(path) +
               " is usable. The first, " + first.caseId +
               (first.reason.empty() ? "." : ": " + first.reason));
}

}  // namespace modascope
