#include "app/work/training/extending.h"

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/training/continuing.h"
#include "app/work/training/extension.h"
#include "core/base/error.h"
#include "core/checkpoints/checkpoint_keeper.h"
#include "core/config/config_keys.h"
#include "core/files/atomic_file.h"
#include "core/runs/run_lock.h"
#include "core/runs/run_time.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

/// What a run says of itself before it is extended, to be put back if it cannot go on.
class Before {
 public:
  explicit Before(const RunFolder& folder)
      : folder_(folder),
        config_(folder.config()),
        status_(folder.status()),
        extensions_(extensionsOf(folder.path())) {}

  const RunConfig& config() const { return config_; }
  const RunStatus& status() const { return status_; }

  void write(const RunConfig& config, const RunStatus& status,
             const std::vector<Extension>& extensions) const {
    writeExtensions(folder_.path(), extensions);
    writeAtomically(folder_.path() / "config.toml", toToml(config));
    folder_.writeStatus(status);
  }
  void putBack() const { write(config_, status_, extensions_); }
  void extendTo(std::int64_t steps, std::int64_t atStep) const {
    RunConfig config = config_;
    setValue(config, "train.steps", steps);
    RunStatus status = status_;
    status.state = RunState::Interrupted;
    status.steps = steps;
    auto extensions = extensions_;
    extensions.push_back({config_.train.steps, steps, atStep, isoTime()});
    write(config, status, extensions);
  }

 private:
  RunFolder folder_;
  RunConfig config_;
  RunStatus status_;
  std::vector<Extension> extensions_;
};

void requireExtensible(const RunFolder& folder, std::int64_t steps) {
  if (isAdaptation(folder.path()))
    throw Error(inQuotes(folder.path()) +
                " is an adaptation, whose sets each have their own steps; make another with "
                "modascope adapt --steps.");
  const std::int64_t recorded = folder.config().train.steps;
  if (steps <= recorded)
    throw Error("The run " + inQuotes(folder.path()) + " is made for " + std::to_string(recorded) +
                " steps; train.steps can only be raised, and " + std::to_string(steps) +
                " is not more.");
}

}  // namespace

TrainingOutcome extendTraining(const fs::path& run, std::int64_t steps,
                               const TrainingControl& control) {
  const RunFolder folder = RunFolder::open(run);
  const RunLock lock(folder.path());  // what is put back may not be another's
  folder.requireAtRest(lock.isFirm());
  requireExtensible(folder, steps);
  const auto point = findResumePoint(folder.checkpoints());
  const Before before(folder);
  before.extendTo(steps, point ? point->progress.step : 0);
  bool begun = false;
  TrainingControl watched = control;
  watched.onFolder = [&](const fs::path& path) {
    begun = true;
    if (control.onFolder) control.onFolder(path);
  };
  try {
    return resumeHeld(folder, lock, watched);
  } catch (const std::exception&) {
    if (!begun) before.putBack();
    throw;
  }
}

}  // namespace modascope
