#include "app/work/run_survey.h"

#include <algorithm>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/trained_run.h"
#include "core/demo/demo_file.h"
#include "core/files/input_file.h"
#include "core/files/paths.h"
#include "core/metrics/subset_table.h"
#include "core/problem/task_facts.h"
#include "core/runs/metrics_line.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kTail = 1 << 20;  ///< bytes of the record that are looked at

bool isRunFolder(const fs::path& folder) {
  return isFile(folder / "config.toml") && isFile(folder / "state.json");
}

std::string tailOf(const fs::path& file) {
  if (!isFile(file)) return {};
  InputFile in(file);
  in.seek(in.size() - std::min(in.size(), kTail));
  return in.rest(kTail);
}

/// Backwards, line by line.
std::optional<ValidationEvent> lastValidation(const fs::path& metrics) {
  const std::string text = tailOf(metrics);
  std::string_view rest = text;
  rest = rest.substr(0, rest.rfind('\n') + 1);  // without a half-written line
  while (!rest.empty()) {
    rest.remove_suffix(1);
    const auto before = rest.rfind('\n');
    const auto line = before == std::string_view::npos ? rest : rest.substr(before + 1);
    rest = rest.substr(0, before == std::string_view::npos ? 0 : before + 1);
    if (line.find("\"validation\"") == std::string_view::npos) continue;
    if (const auto event = parseMetricsLine(line))
      if (const auto* found = std::get_if<ValidationEvent>(&*event)) return *found;
  }
  return std::nullopt;
}

void addScore(RunSummary& summary, const RunFolder& run) {
  const auto last = lastValidation(run.metrics());
  if (!last || !summary.problem || last->scores.empty()) return;
  summary.score = mainScore(summary.problem->task, last->scores);
  summary.scoreName = mainScoreName(summary.problem->task, last->columns);
}

std::string whyNot(const RunFolder& run, bool adaptation) {
  if (hasNetwork(run.path())) return {};
  return adaptation ? "The adaptation is not complete: it can go on, but not be opened."
                    : "The run has no checkpoint yet.";
}

}  // namespace

RunSurvey::Stamp RunSurvey::stampOf(const RunFolder& run) {
  std::error_code ignored;
  const auto time = [&](const char* name) {
    return fs::last_write_time(run.path() / name, ignored);
  };
  const auto size = fs::file_size(run.metrics(), ignored);
  return {time("config.toml"), time("manifest.json"), fs::last_write_time(run.metrics(), ignored),
          ignored ? 0 : size};
}

/// How it stands is asked again each time; the rest where its files have changed.
RunSummary RunSurvey::summaryOf(const RunFolder& run) {
  const Stamp stamp = stampOf(run);
  Known& known = known_[run.path()];
  if (known.summary.folder.empty() || known.stamp != stamp) {
    RunSummary fresh;
    fresh.folder = run.path();
    fresh.method = run.config().train.method;
    if (isFile(run.path() / "manifest.json")) fresh.problem = run.manifest().problem;
    addScore(fresh, run);
    known = {stamp, fresh};
  }
  RunSummary summary = known.summary;
  summary.status = run.status();
  summary.adaptation = isAdaptation(run.path());
  summary.whyNot = whyNot(run, summary.adaptation);
  return summary;
}

std::vector<RunSummary> RunSurvey::look(const fs::path& runs, std::stop_token stop) {
  std::vector<RunSummary> found;
  for (const RunFolder& run : listRuns(runs)) {
    if (stop.stop_requested()) break;
    try {
      found.push_back(summaryOf(run));
    } catch (const std::exception& error) {  // listed, with what is wrong with it
      known_.erase(run.path());
      found.push_back({});
      found.back().folder = run.path();
      found.back().status.state = RunState::Failed;
      found.back().whyNot = error.what();
    }
  }
  return found;
}

/// Classes can be learned as numbers, so features are told apart by what they are.
bool fits(const Problem& run, const Problem& data) {
  const DataKind kind = factsOf(run.task).data;
  if (factsOf(data.task).data != kind) return false;
  if (run.schema != data.schema) return false;
  return kind == DataKind::Volumes ? run.regions.isSameAs(data.regions) : run.inputs == data.inputs;
}

const RunSummary* firstToOpen(std::span<const RunSummary> runs,
                              const std::optional<Problem>& data) {
  const RunSummary* farthest = nullptr;
  for (const RunSummary& run : runs) {
    if (!run.whyNot.empty() || (data && (!run.problem || !fits(*run.problem, *data)))) continue;
    if (run.status.state == RunState::Finished) return &run;
    if (farthest == nullptr || run.status.step > farthest->status.step) farthest = &run;
  }
  return farthest;
}

NamedPath whatIs(const fs::path& path) {
  std::error_code ignored;
  const bool folder = fs::is_directory(path, ignored);
  if (!folder && path.extension() == ".toml") return {PathKind::Config, path};
  if (!folder && path.extension() == kDemoSuffix) return {PathKind::Demo, path};
  fs::path at = folder && path.filename().empty() ? path.parent_path() : path;
  for (int up = 0; up < 3 && !at.empty(); ++up, at = at.parent_path()) {
    if (isRunFolder(at)) return {PathKind::Run, at};
    if (at == at.parent_path()) break;
  }
  return {PathKind::Data, path};
}

}  // namespace modascope
