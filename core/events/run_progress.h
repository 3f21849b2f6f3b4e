#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <optional>
#include <string>

#include "core/events/events.h"
#include "core/events/run_phase.h"

namespace modascope {

/// How far a run is and how long it will take: the one estimate, whoever shows it. It counts the
/// steps that are left at the pace of the last ones and, once one was measured, the validations.
class RunProgress {
 public:
  using Clock = std::function<double()>;  ///< seconds since any moment

  RunProgress();
  explicit RunProgress(Clock clock);

  /// Of a run that starts or goes on: nothing is known of its speed yet.
  void begin(std::int64_t step, std::int64_t steps);
  void take(const StepEvent& event);
  void take(const PhaseEvent& event);

  std::int64_t step() const { return step_; }
  std::int64_t steps() const { return steps_; }
  const PhaseEvent& phase() const { return phase_; }
  /// Seconds a step; nothing before the first.
  std::optional<double> pace() const;
  /// Until the run's end; nothing while the pace is not known.
  std::optional<double> secondsLeft() const;
  /// Those whose time is not part of `secondsLeft`, since none was measured.
  std::int64_t validationsOfUnknownLength() const;

 private:
  /// Of the validation that is going on; nothing while that is not known.
  std::optional<double> restOfValidation() const;
  bool isValidating() const { return phase_.phase == RunPhase::Validating; }

  Clock clock_;
  std::int64_t step_ = 0;
  std::int64_t steps_ = 0;
  std::deque<double> recent_;  ///< seconds of the last steps
  PhaseEvent phase_;
  std::int64_t validationsLeft_ = 0;
  double began_ = 0;                         ///< the validation that is going on
  std::optional<double> validationSeconds_;  ///< of the last whole one
};

/// "validating 3 of 8"; empty while it trains.
std::string wordsOf(const PhaseEvent& phase);

}  // namespace modascope
