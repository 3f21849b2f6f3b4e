#include <algorithm>
#include <random>

#include <unistd.h>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/base/fingerprint.h"
#include "core/base/log.h"
#include "core/config/config_keys.h"
#include "core/runs/metrics_line.h"
#include "core/runs/run_documents.h"
#include "core/runs/run_store.h"
#include "core/runs/run_time.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kConfig = "config.toml";
constexpr const char* kManifest = "manifest.json";
constexpr const char* kState = "state.json";

bool isRun(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_regular_file(folder / kConfig, ignored) &&
         fs::is_regular_file(folder / kState, ignored);
}

bool isOver(RunState state) {
  return state == RunState::Finished || state == RunState::Failed || state == RunState::Interrupted;
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
  std::error_code ignored;
  if (!fs::exists(file, ignored)) return;
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

template <typename Event>
std::vector<Event> eventsIn(const fs::path& file) {
  std::vector<Event> events;
  forEachEvent(file, [&events](std::string_view, MetricsEvent&& event) {
    if (auto* one = std::get_if<Event>(&event)) events.push_back(std::move(*one));
  });
  return events;
}

}  // namespace

RunFolder RunFolder::create(const fs::path& runs, const RunConfig& config) {
  const fs::path parent = fs::absolute(runs) / config.run.experiment;
  const RunFolder folder(newFolder(parent.lexically_normal(), config.run.name));
  try {
    folder.begin(config);
  } catch (const Error&) {
    std::error_code ignored;
    fs::remove_all(folder.path_, ignored);
    throw;
  }
  return folder;
}

RunFolder RunFolder::createAt(const fs::path& folder, const RunConfig& config) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code)
    throw Error(inQuotes(folder) + " could not be made: " + code.message() + ".", Fault::System);
  if (!fs::is_empty(folder, code) || code)
    throw Error(inQuotes(folder) + " is not empty; nothing is written over.");
  const RunFolder run(fs::canonical(folder));
  run.begin(config);
  return run;
}

void RunFolder::begin(const RunConfig& config) const {
  writeAtomically(path_ / kConfig, toToml(config));
  RunStatus status;
  status.steps = config.train.steps;
  status.pid = ::getpid();
  writeStatus(status);
}

RunFolder RunFolder::open(const fs::path& path) {
  if (!isRun(path)) {
    throw Error("There is no run at " + inQuotes(path) +
                "; the folder of a run holds config.toml and state.json.");
  }
  return RunFolder(fs::canonical(path));
}

RunConfig RunFolder::config() const {
  return readConfig(path_ / kConfig);
}

bool RunManifest::trainedOn(const std::string& caseId) const {
  const auto train = splits.find("train");
  return train != splits.end() &&
         std::find(train->second.begin(), train->second.end(), caseId) != train->second.end();
}

void RunManifest::setProblem(const Problem& problem) {
  task = problem.task;
  schema = problem.schema;
  inputs = problem.inputs;
  outputs = problem.outputs;
}

void RunManifest::requireModalities(const ModalitySchema& ofData) const {
  if (schema == ofData) return;
  throw Error("The network was made for " + labelOf(schema, schema.all()) + ", the data has " +
              labelOf(ofData, ofData.all()) +
              ": choose a run that was trained with these modalities.");
}

void RunManifest::requireProblem(const Problem& ofData) const {
  requireModalities(ofData.schema);
  if (task != ofData.task)
    throw Error("The network was made for " + std::string(keyOf(task)) + ", the data is for " +
                std::string(keyOf(ofData.task)) + ".");
  const auto words = [](const InputShape& shape) {
    return shape.steps > 1
               ? std::to_string(shape.steps) + " steps of " + std::to_string(shape.width)
               : std::to_string(shape.width);
  };
  for (const ModalityId id : schema.ids())
    if (inputs[id] != ofData.inputs[id])
      throw Error("The network was made for " + words(inputs[id]) + " numbers of " +
                  schema.label(id) + ", the data has " + words(ofData.inputs[id]) + ".");
  if (outputs != ofData.outputs && outputs.size() < ofData.outputs.size())
    throw Error("The network knows " + std::to_string(outputs.size()) + " classes, the data has " +
                std::to_string(ofData.outputs.size()) + ".");
}

RunManifest RunFolder::manifest() const {
  return readDocument(path_ / kManifest, manifestFrom);
}

RunStatus RunFolder::status() const {
  StateDocument state = readDocument(path_ / kState, stateFrom);
  const double silence = secondsNow() - state.heartbeat;
  if (!isOver(state.status.state) && !isAlive(state.process, silence)) {
    state.status.state = RunState::Interrupted;
    state.status.words = "The program ended in the middle of the run.";
  }
  return state.status;
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
  std::error_code code;
  auto entry =
      fs::recursive_directory_iterator(runs, fs::directory_options::skip_permission_denied, code);
  for (; !code && entry != fs::recursive_directory_iterator(); entry.increment(code)) {
    if (isRun(entry->path())) {
      found.push_back(RunFolder::open(entry->path()));
      entry.disable_recursion_pending();
    } else if (entry.depth() >= 1) {  // runs/<experiment>/<run>
      entry.disable_recursion_pending();
    }
  }
  std::sort(found.begin(), found.end(), [](const RunFolder& a, const RunFolder& b) {
    return a.path().filename() > b.path().filename();
  });
  return found;
}

}  // namespace modascope
