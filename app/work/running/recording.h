#pragma once

#include <functional>

#include "core/events/run_phase.h"
#include "core/runs/recording/run_recorder.h"

namespace modascope {

/// Writes what a run reports into its folder and passes it on to whoever watches.
class Recording : public TrainObserver {
 public:
  Recording(const RunFolder& folder, TrainObserver* watcher)
      : recorder_(folder), watcher_(watcher) {}

  void onModel(const ModelDescription& model) override;
  void onState(RunState state, const std::string& words) override;
  void onStep(const StepEvent& event) override;
  void onValidation(const ValidationEvent& event) override;
  void onCheckpoint(std::int64_t step) override;
  void onNote(const std::string& note) override;
  void onPhase(const PhaseEvent& event) override;
  void onAdapted(const AdaptedSet& set) override;
  /// The run's end, with its sentence. A disk that is full may refuse this, too; the first fault is
  /// the one to tell.
  void fail(const std::string& words);

 private:
  RunRecorder recorder_;
  TrainObserver* watcher_;
};

/// Tells the observer, which must stay, how many of the phase's cases are done.
std::function<void(std::size_t done)> tellingOf(RunPhase phase, std::size_t cases,
                                                TrainObserver& observer);

}  // namespace modascope
