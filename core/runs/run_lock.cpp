#include "core/runs/run_lock.h"

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/files/input_file.h"
#include "core/runs/process_mark.h"

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

bool knowsNoLocks(int code) {
  return code == ENOLCK || code == EOPNOTSUPP || code == ENOSYS || code == EINVAL;
}

int openLock(const fs::path& run, const fs::path& file) {
  const int descriptor = ::open(file.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0666);
  if (descriptor >= 0) return descriptor;
  throw Error("The run " + inQuotes(run) + " cannot be gone on with: its file " + inQuotes(file) +
                  " could not be opened: " + std::strerror(errno) + ".",
              Fault::System);
}

/// Whether the open file is still the one at the path.
bool isAt(const fs::path& file, int descriptor) {
  struct stat open {
  }, there{};
  return ::fstat(descriptor, &open) == 0 && ::stat(file.c_str(), &there) == 0 &&
         open.st_dev == there.st_dev && open.st_ino == there.st_ino;
}

/// 0, or errno.
int lockNow(int descriptor) {
  while (::flock(descriptor, LOCK_EX | LOCK_NB) != 0)
    if (errno != EINTR) return errno;
  return 0;
}

void write(int descriptor, const std::string& words) {
  if (::ftruncate(descriptor, 0) != 0) return;  // a full disk takes no one's lock away
  [[maybe_unused]] const auto written = ::pwrite(descriptor, words.data(), words.size(), 0);
}

}  // namespace

RunLock::RunLock(const fs::path& run) : run_(run) {
  const fs::path file = run / kLock;
  int code = 0;
  for (int i = 0; i < kTries; ++i) {  // a child that is being started may hold it for a moment
    if (i > 0) std::this_thread::sleep_for(kBetween);
    descriptor_ = openLock(run, file);
    code = lockNow(descriptor_);
    if (code == 0 && isAt(file, descriptor_)) break;
    firm_ = !knowsNoLocks(code);
    if (!firm_) break;
    ::close(std::exchange(descriptor_, -1));
  }
  if (descriptor_ < 0) throw heldBy(run, file);
  write(descriptor_, wordsOf(markOf(::getpid())) + "\n");
}

RunLock::~RunLock() {
  if (descriptor_ < 0) return;
  write(descriptor_, "");
  ::close(descriptor_);
}

RunLock::RunLock(RunLock&& other) noexcept
    : run_(other.run_), descriptor_(std::exchange(other.descriptor_, -1)), firm_(other.firm_) {}

std::optional<std::string> RunLock::caution() const {
  if (firm_) return std::nullopt;
  return "The file system of " + inQuotes(run_) +
         " knows no locks: take care that no other program goes on with this run.";
}

bool isLockFile(const fs::path& file) {
  return file.filename() == kLock;
}

}  // namespace modascope
