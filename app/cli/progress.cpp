#include "app/cli/progress.h"

#include <algorithm>
#include <cstdio>

#include <unistd.h>

#include "core/problem/score_column.h"

namespace modascope {

Progress::Progress() : terminal_(isatty(STDERR_FILENO) != 0) {}

void Progress::onModel(const ModelDescription& model) {
  std::fprintf(stderr, "%s, %lld parameters\n", model.kind.c_str(),
               static_cast<long long>(model.totalParameters()));
}

void Progress::onNote(const std::string& note) {
  endLine();
  std::fprintf(stderr, "%s\n", note.c_str());
}

void Progress::onStep(const StepEvent& event) {
  if (!before_) before_ = event.step - 1;
  const std::int64_t every = terminal_ ? 1 : std::max<std::int64_t>(event.steps / 20, 1);
  if (event.step % every != 0 && event.step != event.steps) return;
  const double perStep = event.elapsedSeconds / static_cast<double>(event.step - *before_);
  std::fprintf(stderr, "%sstep %lld of %lld  loss %.4f  %.2f s a step  %.0f s left%s",
               terminal_ ? "\r\033[K" : "", static_cast<long long>(event.step),
               static_cast<long long>(event.steps), event.meanLoss, perStep,
               perStep * static_cast<double>(event.steps - event.step), terminal_ ? "" : "\n");
  inLine_ = terminal_;
}

void Progress::onValidation(const ValidationEvent& event) {
  endLine();
  std::fprintf(stderr,
               "validation at step %lld, mean of all subsets:", static_cast<long long>(event.step));
  for (std::size_t k = 0; k < event.columns.size(); ++k)
    std::fprintf(stderr, " %s %.3f", scoreColumn(event.columns[k]).name.c_str(), event.scores[k]);
  std::fprintf(stderr, "%s\n", event.best ? " (best so far)" : "");
}

void Progress::endLine() {
  if (inLine_) std::fprintf(stderr, "\n");
  inLine_ = false;
}

}  // namespace modascope
