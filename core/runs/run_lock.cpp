#include "core/runs/run_lock.h"

#include <chrono>
#include <thread>

#include "core/base/error.h"
#include "core/files/input_file.h"
#include "core/system/process_mark.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kLock = "lock";
constexpr int kTries = 20;
constexpr std::chrono::milliseconds kBetween{10};

/// "process 1234 on box"
std::string wordsOf(const ProcessMark& mark) {
  return "process " + std::to_string(mark.pid) + " on " + mark.host;
}

/// The first line; empty when it is too long to be one of ours, or nothing can be read.
std::string holderIn(const fs::path& file) {
  constexpr std::size_t kLongest = 300;
  try {
    const std::string text = InputFile(file).rest(kLongest + 1);
    const std::string line = text.substr(0, text.find('\n'));
    return line.size() > kLongest ? "" : line;
  } catch (const Error&) {
    return {};
  }
}

Error heldBy(const fs::path& run, const fs::path& file) {
  const std::string holder = holderIn(file);
  return Error("The run " + inQuotes(run) + " is still going on in another program" +
               (holder.empty() ? "" : ", " + holder) + "; stop it there, or wait for its end.");
}

FileHandle openLock(const fs::path& run, const fs::path& file) {
  std::error_code why;
  FileHandle handle(file, FileHandle::Use::Share, why);
  if (!why) return handle;
  throw Error("The run " + inQuotes(run) + " cannot be gone on with: its file " + inQuotes(file) +
                  " could not be opened: " + why.message() + ".",
              Fault::System);
}

/// Whether the open file is still the one at the path.
bool isAt(const fs::path& file, const FileHandle& handle) {
  const auto open = handle.facts(), there = factsOf(file);
  return open && there && open->identity == there->identity;
}

}  // namespace

RunLock::RunLock(const fs::path& run) : run_(run) {
  const fs::path file = run / kLock;
  std::error_code why;
  for (int i = 0; i < kTries; ++i) {  // a child that is being started may hold it for a moment
    if (i > 0) std::this_thread::sleep_for(kBetween);
    file_ = openLock(run, file);
    file_.lock(FileHandle::Lock::Exclusive, why);
    if (!why && isAt(file, file_)) break;
    firm_ = !knowsNoLocks(why);
    if (!firm_) break;
    file_ = {};
  }
  if (!file_.isOpen()) throw heldBy(run, file);
  file_.replaceContent(wordsOf(markOf(ownProcess())) + "\n");
}

RunLock::~RunLock() {
  if (file_.isOpen()) file_.replaceContent("");
}

std::optional<std::string> RunLock::caution() const {
  if (firm_) return std::nullopt;
  return "The file system of " + inQuotes(run_) +
         " knows no locks: take care that no other program goes on with this run.";
}

bool isLockFile(const fs::path& file) {
  return file.filename() == kLock;
}

}  // namespace modascope
