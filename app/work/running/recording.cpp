#include "app/work/running/recording.h"

#include "core/base/error.h"
#include "core/base/log.h"

namespace modascope {

void Recording::onModel(const ModelDescription& model) {
  recorder_.onModel(model);
  if (watcher_ != nullptr) watcher_->onModel(model);
}

void Recording::onState(RunState state, const std::string& words) {
  recorder_.onState(state, words);
  if (watcher_ != nullptr) watcher_->onState(state, words);
}

void Recording::onStep(const StepEvent& event) {
  recorder_.onStep(event);
  if (watcher_ != nullptr) watcher_->onStep(event);
}

void Recording::onValidation(const ValidationEvent& event) {
  recorder_.onValidation(event);
  if (watcher_ != nullptr) watcher_->onValidation(event);
}

void Recording::onCheckpoint(std::int64_t step) {
  recorder_.onCheckpoint(step);
  if (watcher_ != nullptr) watcher_->onCheckpoint(step);
}

void Recording::onNote(const std::string& note) {
  recorder_.onNote(note);
  if (watcher_ != nullptr) watcher_->onNote(note);
}

void Recording::onPhase(const PhaseEvent& event) {
  if (watcher_ != nullptr) watcher_->onPhase(event);
}

void Recording::onAdapted(const AdaptedSet& set) {
  if (watcher_ != nullptr) watcher_->onAdapted(set);
}

std::function<void(std::size_t done)> tellingOf(RunPhase phase, std::size_t cases,
                                                TrainObserver& observer) {
  return [phase, cases, &observer](std::size_t done) {
    observer.onPhase(
        {phase, static_cast<std::int64_t>(done), static_cast<std::int64_t>(cases), {}});
  };
}

void Recording::fail(const std::string& words) {
  try {
    onState(RunState::Failed, words);
  } catch (const Error& second) {
    logWarning(second.what());
  }
}

}  // namespace modascope
