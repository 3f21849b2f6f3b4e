#pragma once

#include <optional>
#include <string>

#include "app/cli/interrupt.h"
#include "core/events/run_progress.h"

namespace modascope {

/// How far a run has come, for people, on stderr: one line that renews itself on a terminal, one
/// every few steps in a file.
class ProgressLine : public TrainObserver {
 public:
  ProgressLine();
  void onModel(const ModelDescription& model) override;
  void onState(RunState state, const std::string& words) override;
  void onNote(const std::string& note) override;
  void onStep(const StepEvent& event) override;
  void onValidation(const ValidationEvent& event) override;
  void onPhase(const PhaseEvent& event) override;
  /// Ends the line that renews itself, if there is one.
  void endLine();

 private:
  void renew(const std::string& words);
  std::string timeLeft() const;

  bool terminal_;
  bool inLine_ = false;           ///< that renews itself
  std::optional<Finish> finish_;  ///< once it runs, there is something to lose
  RunProgress run_;
};

/// What a subset scores on the way is in the run's metrics.
class AdaptationProgress : public ProgressLine {
  void onValidation(const ValidationEvent&) override {}
};

}  // namespace modascope
