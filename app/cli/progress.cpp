#include "app/cli/progress.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>

#include "app/cli/score_cell.h"
#include "core/problem/score_column.h"
#include "core/system/terminal.h"

namespace modascope {

ProgressLine::ProgressLine() : terminal_(isTerminal(Stream::Error)) {}

void ProgressLine::onModel(const ModelDescription& model) {
  endLine();
  std::fprintf(stderr, "%s, %lld parameters\n", model.kind.c_str(),
               static_cast<long long>(model.totalParameters()));
}

void ProgressLine::onState(RunState state, const std::string&) {
  if (state == RunState::Running) finish_.emplace("after this step; what was done is kept");
}

void ProgressLine::onNote(const std::string& note) {
  endLine();
  std::fprintf(stderr, "%s\n", note.c_str());
}

void ProgressLine::onStep(const StepEvent& event) {
  run_.take(event);
  const std::int64_t every = terminal_ ? 1 : std::max<std::int64_t>(event.steps / 20, 1);
  if (event.step % every != 0 && event.step != event.steps) return;
  std::array<char, 128> words{};
  std::snprintf(words.data(), words.size(), "step %lld of %lld  loss %.4f  %.2f s a step  ",
                static_cast<long long>(event.step), static_cast<long long>(event.steps),
                event.meanLoss, *run_.pace());
  renew(words.data() + timeLeft());
}

/// On a terminal every case is told, in a file each time it begins.
void ProgressLine::onPhase(const PhaseEvent& event) {
  const RunPhase before = run_.phase().phase;
  run_.take(event);
  const std::string words = wordsOf(event);
  if (words.empty() || (!terminal_ && before == event.phase)) return;
  renew(words + (event.phase == RunPhase::Validating && terminal_ ? "  " + timeLeft() : ""));
}

std::string ProgressLine::timeLeft() const {
  const auto seconds = run_.secondsLeft();
  const auto unknown = run_.validationsOfUnknownLength();
  if (!seconds) return {};
  std::string words = std::to_string(std::llround(*seconds)) + " s left";
  if (unknown > 0)
    words += ", and " + std::to_string(unknown) + (unknown == 1 ? " validation" : " validations");
  return words;
}

void ProgressLine::renew(const std::string& words) {
  std::fprintf(stderr, "%s%s%s", terminal_ ? "\r\033[K" : "", words.c_str(), terminal_ ? "" : "\n");
  inLine_ = terminal_;
}

void ProgressLine::onValidation(const ValidationEvent& event) {
  endLine();
  std::fprintf(stderr,
               "validation at step %lld, mean of all subsets:", static_cast<long long>(event.step));
  for (std::size_t k = 0; k < event.columns.size(); ++k)
    std::fprintf(stderr, " %s %s", scoreColumn(event.columns[k]).name.c_str(),
                 scoreCell(event.scores[k], 0).c_str());
  std::fprintf(stderr, "%s\n", event.best ? " (best so far)" : "");
}

void ProgressLine::endLine() {
  if (inLine_) std::fprintf(stderr, "\n");
  inLine_ = false;
}

}  // namespace modascope
