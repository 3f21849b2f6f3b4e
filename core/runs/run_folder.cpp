#include <algorithm>
#include <optional>
#include <random>

#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/base/log.h"
#include "core/base/words.h"
#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/problem/task_facts.h"
#include "core/runs/metrics_line.h"
#include "core/runs/run_documents.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_store.h"
#include "core/runs/run_time.h"
#include "core/system/process_mark.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kConfig = "config.toml";
constexpr const char* kManifest = "manifest.json";
constexpr const char* kState = "state.json";

bool isRun(const fs::path& folder) {
  return isFile(folder / kConfig) && isFile(folder / kState);
}

/// But for the lock and half-written files, which a kill may leave before anything else is there.
bool isAsGoodAsEmpty(const fs::path& folder) {
  const auto entries = entriesOf(folder);
  return std::all_of(entries.begin(), entries.end(),
                     [](const fs::path& entry) { return isLockFile(entry) || isTemporary(entry); });
}

bool isOver(RunState state) {
  return state == RunState::Finished || state == RunState::Failed || state == RunState::Interrupted;
}

/// Whether its program still records into it, as far as state.json tells.
bool isGoingOn(const StateDocument& state) {
  const double silence = secondsNow() - state.heartbeat;
  return !isOver(state.status.state) && isAlive(state.process, silence);
}

/// A folder that was not there before.
fs::path newFolder(const fs::path& parent, const std::string& name) {
  std::random_device random;
  std::error_code code;
  fs::create_directories(parent, code);
  for (int attempt = 0; !code && attempt < 100; ++attempt) {
    const fs::path folder = parent / (folderTime() + "-" + name + "-" + toHex(random()).substr(12));
    if (fs::create_directory(folder, code)) return folder;
  }
  throw Error("No folder for the run could be made in " + inQuotes(parent) + ": " +
                  (code ? code.message() : "every name is taken") + ".",
              Fault::System);
}

template <typename Parse>
auto readDocument(const fs::path& file, Parse parse) {
  const std::string text = readText(file);
  try {
    return parse(text);
  } catch (const Error& error) {
    throw Error(inQuotes(file) + " is not understood: " + error.what());
  }
}

/// Calls `use(line, event)` for every whole line of the file that can be read.
template <typename Use>
void forEachEvent(const fs::path& file, Use use) {
  if (!isThere(file)) return;
  const std::string text = readText(file);
  std::string_view rest = text;
  for (int number = 1;; ++number) {
    const auto end = rest.find('\n');
    if (end == std::string_view::npos) return;
    const std::string_view line = rest.substr(0, end);
    rest.remove_prefix(end + 1);
    if (auto event = parseMetricsLine(line)) {
      use(line, std::move(*event));
    } else {
      logWarning(file.string() + ", line " + std::to_string(number) + " is damaged; passed over");
    }
  }
}

/// Others may delete it meanwhile.
std::optional<RunFolder> ifStillThere(const fs::path& run) {
  try {
    return RunFolder::open(run);
  } catch (const Error&) {
    return std::nullopt;
  }
}

template <typename Event>
std::vector<Event> eventsIn(const fs::path& file) {
  std::vector<Event> events;
  forEachEvent(file, [&events](std::string_view, MetricsEvent&& event) {
    if (auto* one = std::get_if<Event>(&event)) events.push_back(std::move(*one));
  });
  return events;
}

}  // namespace

RunFolder RunFolder::create(const fs::path& runs, const RunConfig& config, const Beginning& first) {
  const fs::path parent = absolutePath(runs) / config.run.experiment;
  const RunFolder folder(newFolder(parent.lexically_normal(), config.run.name));
  try {
    if (first) first(folder.path_);
    folder.begin(config);
  } catch (const Error&) {
    std::error_code ignored;
    fs::remove_all(folder.path_, ignored);
    throw;
  }
  return folder;
}

RunFolder RunFolder::createAt(const fs::path& folder, const RunConfig& config,
                              const Beginning& first) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code)
    throw Error(inQuotes(folder) + " could not be made: " + code.message() + ".", Fault::System);
  if (!isAsGoodAsEmpty(folder))
    throw Error(inQuotes(folder) + " is not empty; nothing is written over.");
  const RunFolder run(realPath(folder));
  if (first) first(run.path_);
  run.begin(config);
  return run;
}

RunFolder RunFolder::completed(const fs::path& folder, const RunConfig& config) {
  const RunFolder run(realPath(folder));
  if (!isRun(folder)) run.begin(config);
  return run;
}

void RunFolder::begin(const RunConfig& config) const {
  writeAtomically(path_ / kConfig, toToml(config));
  RunStatus status;
  status.steps = config.train.steps;
  status.pid = ownProcess();
  writeStatus(status);
}

RunFolder RunFolder::open(const fs::path& path) {
  if (!isRun(path)) {
    throw Error("There is no run at " + inQuotes(path) +
                "; the folder of a run holds config.toml and state.json.");
  }
  return RunFolder(realPath(path));
}

RunConfig RunFolder::config() const {
  return readConfig(path_ / kConfig);
}

bool RunManifest::trainedOn(const std::string& caseId) const {
  const auto train = splits.find("train");
  const auto isIt = [&](const LeftOut& one) {
    return one.caseId == caseId && one.split == "train" && !one.lost;
  };
  return train != splits.end() && std::none_of(leftOut.begin(), leftOut.end(), isIt) &&
         std::find(train->second.begin(), train->second.end(), caseId) != train->second.end();
}

void RunManifest::setFit(DataFit fit) {
  spacing = std::move(fit.spacing);
  moments = std::move(fit.moments);
}

void RunManifest::requireModalities(const ModalitySchema& ofData) const {
  const ModalitySchema& own = problem.schema;
  if (own == ofData) return;
  throw Error("The network was made for " + labelOf(own, own.all()) + ", the data has " +
              labelOf(ofData, ofData.all()) +
              ": choose a run that was trained with these modalities.");
}

void RunManifest::requireRegions(const RegionSchema& ofData) const {
  const RegionSchema& own = problem.regions;
  if (factsOf(problem.task).data != DataKind::Volumes || own.isSameAs(ofData)) return;
  throw Error("The network was made for the regions " + joined(own.keys()) + ", the data has " +
              joined(ofData.keys()) + (own.keys() == ofData.keys() ? " of other labels" : "") +
              ": choose a run that was trained with these regions.");
}

void RunManifest::requireProblem(const Problem& ofData) const {
  requireModalities(ofData.schema);
  if (problem.task != ofData.task)
    throw Error("The network was made for " + std::string(keyOf(problem.task)) +
                ", the data is for " + std::string(keyOf(ofData.task)) + ".");
  const auto words = [](const InputShape& shape) {
    return shape.steps > 1
               ? std::to_string(shape.steps) + " steps of " + std::to_string(shape.width)
               : std::to_string(shape.width);
  };
  for (const ModalityId id : problem.schema.ids())
    if (problem.inputs[id] != ofData.inputs[id])
      throw Error("The network was made for " + words(problem.inputs[id]) + " numbers of " +
                  problem.schema.label(id) + ", the data has " + words(ofData.inputs[id]) + ".");
  requireRegions(ofData.regions);
  const auto& outputs = problem.outputs;
  if (outputs != ofData.outputs && outputs.size() < ofData.outputs.size())
    throw Error("The network knows " + std::to_string(outputs.size()) + " classes, the data has " +
                std::to_string(ofData.outputs.size()) + ".");
}

RunManifest RunFolder::manifest() const {
  return readDocument(path_ / kManifest, manifestFrom);
}

RunStatus RunFolder::status() const {
  StateDocument state = readDocument(path_ / kState, stateFrom);
  if (!isOver(state.status.state) && !isGoingOn(state)) {
    state.status.state = RunState::Interrupted;
    state.status.words = "The program ended in the middle of the run.";
  }
  return state.status;
}

void RunFolder::requireAtRest(bool firm) const {
  const StateDocument state = readDocument(path_ / kState, stateFrom);
  if (!isGoingOn(state) || (firm && isOfThisSystem(state.process))) return;
  throw Error("The run " + inQuotes(path_) + " is still going on in another program, process " +
              std::to_string(state.process.pid) + " on " + state.process.host +
              "; stop it there, or wait for its end.");
}

void RunFolder::writeManifest(const RunManifest& manifest) const {
  writeAtomically(path_ / kManifest, manifestText(manifest));
}

void RunFolder::writeStatus(const RunStatus& status) const {
  writeAtomically(path_ / kState, stateText({status, markOf(status.pid), secondsNow()}));
}

std::vector<StepEvent> RunFolder::steps() const {
  return eventsIn<StepEvent>(metrics());
}

std::vector<ValidationEvent> RunFolder::validations() const {
  return eventsIn<ValidationEvent>(metrics());
}

void RunFolder::cutBackTo(std::int64_t step) const {
  std::string kept;
  forEachEvent(metrics(), [&](std::string_view line, const MetricsEvent& event) {
    if (stepOf(event) <= step) kept.append(line).append("\n");
  });
  writeAtomically(metrics(), kept);
  RunStatus cut = status();
  cut.step = std::min(cut.step, step);
  writeStatus(cut);
}

std::vector<RunFolder> listRuns(const fs::path& runs) {
  std::vector<RunFolder> found;
  const auto addRuns = [&](const fs::path& folder, const auto& descend) {
    for (const fs::path& entry : entriesOf(folder)) {
      if (!isRun(entry))
        descend(entry);
      else if (const auto run = ifStillThere(entry))
        found.push_back(*run);
    }
  };
  addRuns(runs, [&](const fs::path& experiment) {  // runs/<experiment>/<run>
    addRuns(experiment, [](const fs::path&) {});
  });
  std::sort(found.begin(), found.end(), [](const RunFolder& a, const RunFolder& b) {
    return a.path().filename() > b.path().filename();
  });
  return found;
}

}  // namespace modascope
