#include "core/checkpoints/checkpoint_keeper.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>
#include <optional>
#include <system_error>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr const char* kSnapshot = "snapshot-";
constexpr const char* kEnding = ".safetensors";
constexpr const char* kStepOfLast = "last.json";

void requireDone(const fs::path& file, const std::error_code& code) {
  if (code)
    throw Error(inQuotes(file) + " could not be written: " + code.message() + ".", Fault::System);
}

void moveOver(const fs::path& from, const fs::path& to) {
  std::error_code code;
  fs::rename(from, to, code);
  requireDone(to, code);
}

/// Gives the file a second name, so that the first can be replaced and is never missing.
void keepAs(const fs::path& file, const fs::path& second) {
  const fs::path passing = second.parent_path() / ".second.tmp";
  std::error_code code;
  fs::remove(passing, code);
  fs::create_hard_link(file, passing, code);
  if (code) fs::copy_file(file, passing, code);  // not every file system knows links
  requireDone(second, code);
  moveOver(passing, second);
  fs::remove(passing, code);  // still there where both were names of one file already
}

/// Nothing if the file is no snapshot.
std::optional<std::int64_t> snapshotStep(const fs::path& file) {
  const std::string name = file.stem();
  const std::string_view prefix = kSnapshot;
  if (file.extension() != kEnding || !name.starts_with(prefix)) return std::nullopt;
  std::int64_t step = 0;
  const char* end = name.data() + name.size();
  const auto read = std::from_chars(name.data() + prefix.size(), end, step);
  if (read.ec != std::errc() || read.ptr != end) return std::nullopt;
  return step;
}

void removeLeftovers(const fs::path& folder, std::int64_t step) {
  std::error_code ignored;
  for (const fs::path& file : entriesOf(folder))
    if (isTemporary(file) || snapshotStep(file).value_or(step) > step) fs::remove(file, ignored);
}

}  // namespace

std::string snapshotName(std::int64_t step) {
  std::array<char, 32> name{};
  std::snprintf(name.data(), name.size(), "%s%06lld", kSnapshot, static_cast<long long>(step));
  return name.data();
}

std::vector<std::int64_t> snapshotSteps(const fs::path& folder) {
  std::vector<std::int64_t> steps;
  for (const fs::path& file : entriesOf(folder))
    if (const auto step = snapshotStep(file)) steps.push_back(*step);
  std::sort(steps.begin(), steps.end());
  return steps;
}

std::optional<ResumePoint> findResumePoint(const fs::path& folder) {
  std::string complaints;
  for (const char* name : {"last", "previous"}) {
    const fs::path file = folder / (std::string(name) + kEnding);
    if (!isThere(file)) continue;
    try {
      const TrainingPosition progress = checkTraining(file);
      if (!complaints.empty())
        complaints +=
            " Going on from the checkpoint before, of step " + std::to_string(progress.step) + ".";
      return ResumePoint{file, progress, complaints};
    } catch (const Error& error) {
      complaints += (complaints.empty() ? "" : " ") + std::string(error.what());
    }
  }
  if (complaints.empty()) return std::nullopt;
  throw Error("There is no sound checkpoint to go on from: " + complaints);
}

CheckpointKeeper::CheckpointKeeper(fs::path folder, const RunConfig::Train& settings, Clock clock)
    : folder_(std::move(folder)),
      every_(settings.checkpointEvery),
      snapshotEvery_(settings.snapshotEvery),
      period_(settings.checkpointMinutes * 60),
      clock_(std::move(clock)),
      savedAt_(clock_()) {}

fs::path CheckpointKeeper::fileOf(const std::string& name) const {
  return folder_ / (name + kEnding);
}

/// A folder that was deleted or moved is not made anew: the run is no longer there.
fs::path CheckpointKeeper::fileIn(const std::string& name) {
  requireStillThere(written_ ? folder_ : absolutePath(folder_).parent_path());
  written_ = true;
  return fileOf(name);
}

bool CheckpointKeeper::afterStep(const MultimodalModel& model, const Adam& optimiser,
                                 const TrainingPosition& progress) {
  if (snapshotEvery_ > 0 && progress.step % snapshotEvery_ == 0)
    writeWeights(fileIn(snapshotName(progress.step)), model, progress);
  const bool bySteps = every_ > 0 && progress.step % every_ == 0;
  const bool byTime = period_.count() > 0 && clock_() - savedAt_ >= period_;
  return (bySteps || byTime) && save(model, optimiser, progress);
}

bool CheckpointKeeper::save(const MultimodalModel& model, const Adam& optimiser,
                            const TrainingPosition& progress) {
  if (progress == saved_) return false;
  const fs::path last = fileIn("last"), next = folder_ / ".next.tmp";
  writeTraining(next, model, optimiser, progress);
  if (isThere(last)) keepAs(last, fileOf("previous"));
  makeLast(next, progress.step);
  saved_ = progress;
  savedAt_ = clock_();
  return true;
}

void CheckpointKeeper::makeLast(const fs::path& file, std::int64_t step) {
  std::error_code ignored;  // it never speaks of another file than the one that is there
  fs::remove(folder_ / kStepOfLast, ignored);
  moveOver(file, fileOf("last"));
  tellStepOfLast(step);
}

void CheckpointKeeper::tellStepOfLast(std::int64_t step) {
  writeAtomically(folder_ / kStepOfLast, "{\"step\": " + std::to_string(step) + "}\n");
}

void CheckpointKeeper::saveBest(const MultimodalModel& model, const TrainingPosition& progress) {
  writeWeights(fileIn("best"), model, progress);
}

TrainingPosition CheckpointKeeper::resume(const MultimodalModel& model, Adam& optimiser) {
  const auto point = findResumePoint(folder_);
  const TrainingPosition progress =
      point ? readTraining(point->file, model, optimiser) : TrainingPosition{};
  const fs::path last = fileOf("last");
  if (point && point->file != last) {
    if (isThere(last)) moveOver(last, fileOf("damaged"));
    makeLast(point->file, progress.step);
  } else if (point && !isThere(folder_ / kStepOfLast)) {
    tellStepOfLast(progress.step);  // a kill came between the two files
  }
  removeLeftovers(folder_, progress.step);
  if (point) saved_ = progress;
  return progress;
}

}  // namespace modascope
