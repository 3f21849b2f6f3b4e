#include "core/runs/recording/run_recorder.h"

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

#include "core/base/error.h"
#include "core/base/terminal_text.h"
#include "core/files/input_file.h"
#include "core/files/paths.h"
#include "core/problem/score_column.h"
#include "core/runs/metrics_line.h"
#include "core/runs/run_time.h"
#include "core/system/process_mark.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr double kSaveEvery = 1.0;  // seconds

std::string threeDigits(double value) {
  std::array<char, 64> text{};
  const auto end =
      std::to_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed, 3).ptr;
  return std::string(text.data(), end);
}

Error failed(const fs::path& folder, int code) {
  const std::string reason = code != 0 ? std::strerror(code) : "it could not be written";
  return Error("The run in " + inQuotes(folder) + " cannot be recorded: " + reason +
                   whatIsLeft(folder) + ".",
               Fault::System);
}

/// Cuts what follows the last line's end: the trace of a crash in the middle of a line.
void cutHalfLine(const fs::path& file) {
  if (!isThere(file)) return;
  std::ifstream stream(file, std::ios::binary);
  std::uintmax_t whole = 0;
  std::uintmax_t position = 0;
  for (std::string block(1 << 16, '\0'); stream;
       position += static_cast<std::uintmax_t>(stream.gcount())) {
    stream.read(block.data(), static_cast<std::streamsize>(block.size()));
    const std::string_view got(block.data(), static_cast<std::size_t>(stream.gcount()));
    if (const auto last = got.rfind('\n'); last != std::string_view::npos)
      whole = position + last + 1;
  }
  std::error_code code;
  if (whole < position) fs::resize_file(file, whole, code);
  if (code) throw failed(file.parent_path(), code.value());
}

/// Throws `Error` when something is there that is no file.
void requireFile(const fs::path& file) {
  std::error_code ignored;
  if (fs::exists(file, ignored)) requireRegularFile(file);
}

void appendLine(std::ofstream& stream, const std::string& line, const fs::path& folder) {
  errno = 0;
  stream << line << '\n';
  stream.flush();
  if (!stream) throw failed(folder, errno);
}

}  // namespace

RunRecorder::RunRecorder(RunFolder folder)
    : folder_(std::move(folder)),
      status_(folder_.status()),
      tensorBoard_(folder_.tensorBoard(), status_.step),
      secondsBefore_(status_.seconds) {
  requireFile(folder_.metrics());  // opening a pipe would wait for whoever reads it
  requireFile(folder_.path() / "log.txt");
  cutHalfLine(folder_.metrics());
  status_.pid = ownProcess();
  errno = 0;
  metrics_.open(folder_.metrics(), std::ios::binary | std::ios::app);
  log_.open(folder_.path() / "log.txt", std::ios::binary | std::ios::app);
  if (!metrics_ || !log_) throw failed(folder_.path(), errno);
  watch_.emplace(folder_.path());
}

void RunRecorder::onModel(const ModelDescription& model) {
  tensorBoard_.onModel(model);
  log("network " + model.kind + ", " + std::to_string(model.totalParameters()) + " parameters");
}

void RunRecorder::onState(RunState state, const std::string& words) {
  status_.state = state;
  status_.words = words;
  if (state == RunState::Failed)
    saveFailure();
  else
    saveStatus();
  log(std::string(keyOf(state)) + (words.empty() ? "" : ": " + words));
}

void RunRecorder::onStep(const StepEvent& event) {
  status_.step = event.step;
  status_.steps = event.steps;
  status_.seconds = secondsBefore_ + event.elapsedSeconds;
  appendMetrics(metricsLine(event));
  tensorBoard_.onStep(event);
  if (!sinceSaved_ || sinceSaved_->seconds() >= kSaveEvery) saveStatus();
}

void RunRecorder::onValidation(const ValidationEvent& event) {
  watch_->requireInPlace();
  appendMetrics(metricsLine(event));
  tensorBoard_.onValidation(event);
  std::string line = "step " + std::to_string(event.step) + ", validation";
  for (std::size_t i = 0; i < event.columns.size() && i < event.scores.size(); ++i) {
    line.append(" ").append(scoreColumn(event.columns[i]).name);
    line.append(" ").append(threeDigits(event.scores[i]));
  }
  log(line + (event.best ? ", the best so far" : ""));
}

void RunRecorder::onCheckpoint(std::int64_t step) {
  watch_->requireInPlace();
  log("step " + std::to_string(step) + ", checkpoint saved");
}

void RunRecorder::onNote(const std::string& note) {
  log(note);
}

void RunRecorder::log(const std::string& line) {
  std::string stamped = isoTime() + " " + withoutControls(line);  // names of files are in it
  for (char& c : stamped) {
    if (c == '\n') c = ' ';
  }
  appendLine(log_, stamped, folder_.path());
}

void RunRecorder::appendMetrics(const std::string& line) {
  appendLine(metrics_, line, folder_.path());
}

void RunRecorder::saveStatus() {
  watch_->requireInPlace();
  folder_.writeStatus(status_);
  sinceSaved_.emplace();
}

void RunRecorder::saveFailure() {
  if (const auto place = watch_->place()) RunFolder::open(*place).writeStatus(status_);
}

}  // namespace modascope
