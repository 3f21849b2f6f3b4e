#pragma once

#include <optional>

#include "core/events/events.h"

namespace modascope {

/// Progress for people, on stderr: one line that renews itself on a terminal, one every few steps
/// in a file.
class Progress : public TrainObserver {
 public:
  Progress();
  void onModel(const ModelDescription& model) override;
  void onNote(const std::string& note) override;
  void onStep(const StepEvent& event) override;
  void onValidation(const ValidationEvent& event) override;

 private:
  void endLine();

  bool terminal_;
  bool inLine_ = false;                 ///< that renews itself
  std::optional<std::int64_t> before_;  ///< steps done when this sitting began
};

/// What a subset scores on the way is in the run's metrics.
class AdaptationProgress : public Progress {
  void onValidation(const ValidationEvent&) override {}
};

}  // namespace modascope
