#include "core/events/run_progress.h"

#include <algorithm>
#include <chrono>
#include <numeric>

namespace modascope {
namespace {

constexpr std::size_t kRecent = 20;

double steadySeconds() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

}  // namespace

RunProgress::RunProgress() : RunProgress(steadySeconds) {}

RunProgress::RunProgress(Clock clock) : clock_(std::move(clock)) {}

void RunProgress::begin(std::int64_t step, std::int64_t steps) {
  step_ = step;
  steps_ = steps;
  recent_.clear();
  phase_ = {};
  validationsLeft_ = 0;
  validationSeconds_.reset();
}

void RunProgress::take(const StepEvent& event) {
  step_ = event.step;
  steps_ = event.steps;
  recent_.push_back(event.seconds);
  if (recent_.size() > kRecent) recent_.pop_front();
}

void RunProgress::take(const PhaseEvent& event) {
  const bool begins = event.phase == RunPhase::Validating && !isValidating();
  const bool ends = event.phase == RunPhase::Training && isValidating();
  if (begins) began_ = clock_();
  if (ends) validationSeconds_ = clock_() - began_;
  if (event.validationsLeft) validationsLeft_ = *event.validationsLeft;
  phase_ = event;
}

std::optional<double> RunProgress::pace() const {
  if (recent_.empty()) return std::nullopt;
  return std::accumulate(recent_.begin(), recent_.end(), 0.0) / static_cast<double>(recent_.size());
}

std::optional<double> RunProgress::restOfValidation() const {
  if (phase_.of > 0 && phase_.done > 0)
    return (clock_() - began_) * static_cast<double>(phase_.of - phase_.done) /
           static_cast<double>(phase_.done);
  if (!validationSeconds_) return std::nullopt;
  return std::max(0.0, *validationSeconds_ - (clock_() - began_));
}

std::optional<double> RunProgress::secondsLeft() const {
  if (step_ < steps_ && !pace()) return std::nullopt;
  double left = step_ < steps_ ? *pace() * static_cast<double>(steps_ - step_) : 0;
  const std::int64_t later = validationsLeft_ - (isValidating() ? 1 : 0);
  if (isValidating()) left += restOfValidation().value_or(0);
  return left +
         static_cast<double>(std::max<std::int64_t>(later, 0)) * validationSeconds_.value_or(0);
}

std::int64_t RunProgress::validationsOfUnknownLength() const {
  const bool thisOne = isValidating() && !restOfValidation();
  const std::int64_t later = validationsLeft_ - (isValidating() ? 1 : 0);
  return (thisOne ? 1 : 0) + (validationSeconds_ ? 0 : std::max<std::int64_t>(later, 0));
}

std::string wordsOf(const PhaseEvent& phase) {
  const bool counted = phase.of > 0;
  const std::string place = counted ? " " + std::to_string(std::min(phase.done + 1, phase.of)) +
                                          " of " + std::to_string(phase.of)
                                    : "";
  switch (phase.phase) {
    case RunPhase::Looking:
      return counted ? "looking at case" + place : "looking at the data";
    case RunPhase::Validating:
      return "validating" + place;
    case RunPhase::Scoring:
      return "scoring" + place;
    case RunPhase::Writing:
      return "writing";
    case RunPhase::Training:
      break;
  }
  return {};
}

}  // namespace modascope
