#include <algorithm>
#include <cstdio>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/cli/progress.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/cohort_data.h"
#include "app/work/cohort_examination.h"
#include "app/work/data_identity.h"
#include "app/work/training/extension.h"
#include "app/work/training/training.h"
#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/runs/run_comparison.h"

namespace modascope {
namespace {

struct Request {
  std::filesystem::path run;
  std::filesystem::path out;
  bool json = false;
};

using Json = nlohmann::ordered_json;

/// Tells how far it is, and stops where the first run had stopped.
class Replay : public TrainObserver {
 public:
  explicit Replay(std::int64_t last) : last_(last) {}

  void onState(RunState state, const std::string&) override {
    if (state == RunState::Running) finish_.emplace("after this step; what was done is kept");
  }
  void onStep(const StepEvent& event) override {
    if (event.step % std::max<std::int64_t>(last_ / 20, 1) == 0 || event.step == last_)
      std::fprintf(stderr, "step %lld of %lld  loss %.4f\n", static_cast<long long>(event.step),
                   static_cast<long long>(last_), event.meanLoss);
    if (event.step == last_ && last_ < event.steps) stop_.request_stop();
  }
  std::stop_source& stop() { return stop_; }

 private:
  std::int64_t last_;
  std::stop_source stop_;
  std::optional<Finish> finish_;
};

/// The settings that make the run's split. Throws `Error` unless its data and split are still what
/// they were.
RunConfig configOfSameData(const RunFolder& run, RunConfig config) {
  const RunManifest manifest = run.manifest();
  CohortData data = openCohortData(manifest.data, config);
  bool sameSplits = data.splits == manifest.splits;
  if (!sameSplits && config.data.patient == "auto") {  // older runs dealt cases, not patients
    config.data.patient = "case";
    sameSplits = openCohortData(manifest.data, config).splits == manifest.splits;
  }
  data.splits = manifest.splits;
  ProgressLine progress;
  const bool whole = examine(data, {"train", "valid"}, tellingLooks(&progress), Interrupt::token());
  progress.endLine();
  if (!whole) throw Error("It was stopped before the first step.", Fault::System);
  const std::string place = inQuotes(manifest.data);
  data.notes.clear();
  if (const auto change = changeSince(run, manifest, data))
    throw Error("The data in " + place + " have changed since the run was made (" + *change +
                "); the same run needs the same data.");
  for (const std::string& note : data.notes) std::fprintf(stderr, "%s\n", note.c_str());
  if (!sameSplits)
    throw Error("The split of " + place +
                " is no longer the one that the run was made with; put its split.json back.");
  return config;
}

/// Its first steps followed another schedule than the rest.
void requireNotExtended(const RunFolder& run) {
  const auto extensions = extensionsOf(run.path());
  if (extensions.empty()) return;
  throw Error(inQuotes(run.path()) + " was extended from " +
              std::to_string(extensions.front().from) + " to " +
              std::to_string(extensions.back().to) + " steps after step " +
              std::to_string(extensions.front().atStep) +
              "; one run cannot come out the same. Run it with train.steps=" +
              std::to_string(extensions.front().from) + " and extend that likewise.");
}

std::int64_t lastStepOf(const RunFolder& run) {
  const auto steps = run.steps();
  if (steps.empty())
    throw Error("The run " + inQuotes(run.path()) + " has recorded no step to compare with.");
  return steps.back().step;
}

void report(const std::filesystem::path& run, const std::filesystem::path& again,
            const RunComparison& comparison, const std::vector<std::string>& reasons) {
  Json json{{"run", textOf(run)},
            {"again", textOf(again)},
            {"same", !comparison.difference.has_value()},
            {"steps", comparison.steps},
            {"weights", comparison.weights},
            {"verdict", verdictOf(comparison)},
            {"reasons", reasons}};
  if (comparison.difference) json["differs_from"] = comparison.difference->step;
  std::printf("%s\n", jsonText(json).c_str());
}

void rerun(const Request& request) {
  const RunFolder first = RunFolder::open(request.run);
  if (isAdaptation(first.path()))
    throw Error(inQuotes(request.run) + " is an adaptation: make it again with modascope adapt.");
  requireNotExtended(first);
  const RunManifest manifest = first.manifest();
  const RunConfig config = configOfSameData(first, first.config());
  const std::int64_t last = lastStepOf(first);
  Replay replay(last);
  const std::stop_callback relay(Interrupt::token(), [&] { replay.stop().request_stop(); });
  std::vector<std::string> reasons;
  TrainingControl control;
  control.observer = &replay;
  control.stop = replay.stop().get_token();
  control.onFolder = [&](const std::filesystem::path& folder) {
    std::fprintf(stderr, "run %s\n", folder.c_str());
    reasons = reasonsToDiffer(first, RunFolder::open(folder));
    for (const std::string& reason : reasons) std::fprintf(stderr, "%s\n", reason.c_str());
  };
  const auto runs = request.out.empty() ? first.path().parent_path().parent_path() : request.out;
  const TrainingOutcome outcome =
      startTraining({manifest.data, runs, config, initialWeightsOf(first)}, control);
  if (outcome.run.empty()) throw Error("It was stopped before the first step.", Fault::System);
  const RunComparison comparison = compareRuns(first, RunFolder::open(outcome.run));
  const std::string verdict = verdictOf(comparison);
  if (request.json)
    report(first.path(), outcome.run, comparison, reasons);
  else
    std::printf("%s\n", verdict.c_str());
  if (comparison.difference)
    throw Error("The run came out differently: it " + verdict + ".", Fault::System);
  if (outcome.steps < last)
    throw Error("It was stopped after " + std::to_string(outcome.steps) + " of " +
                    std::to_string(last) + " steps, the same so far.",
                Fault::System);
}

}  // namespace

void addRerun(CLI::App& app) {
  auto request = std::make_shared<Request>();
  CLI::App* command = app.add_subcommand(
      "rerun", "Run a run again, exactly, and say whether it comes out the same (exit code 0)");
  command->add_option("--run", request->run, "Folder of the run")->required();
  command->add_option("--out", request->out,
                      "Folder that the new run is made in (otherwise beside the old one)");
  command->add_flag("--json", request->json, "The verdict as one line of JSON");
  command->callback([request] { rerun(*request); });
}

}  // namespace modascope
