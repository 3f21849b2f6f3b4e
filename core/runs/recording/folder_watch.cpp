#include "core/runs/recording/folder_watch.h"

#include <array>
#include <cerrno>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/files/paths.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kMetrics = "metrics.jsonl";
constexpr std::array<const char*, 3> kOfEveryRun{"config.toml", "manifest.json", "plan.json"};

Error gone(const std::string& what) {
  return Error(what + " while the run was going on: it was stopped.", Fault::System);
}

}  // namespace

FolderWatch::FolderWatch(const fs::path& folder)
    : folder_(folder),
      descriptor_(::open(folder.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC)),
      identity_(identityOf(folder)),
      metrics_(identityOf(folder / kMetrics)) {
  for (const char* name : kOfEveryRun)
    if (isThere(folder / name)) files_.push_back(folder / name);
}

FolderWatch::~FolderWatch() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

std::optional<FolderWatch::Identity> FolderWatch::identityOf(const fs::path& path) {
  struct stat facts {};
  if (::stat(path.c_str(), &facts) != 0) return std::nullopt;
  return Identity{facts.st_dev, facts.st_ino};
}

bool FolderWatch::isLost(const fs::path& path, const std::optional<Identity>& identity) {
  errno = 0;
  const auto now = identityOf(path);
  return now ? now != identity : errno == ENOENT || errno == ENOTDIR;
}

void FolderWatch::requireInPlace() const {
  if (identity_ && isLost(folder_, identity_)) {
    const auto now = place();
    if (!now) throw gone("The run's folder " + inQuotes(folder_) + " was deleted");
    throw Error("The run's folder " + inQuotes(folder_) + " was moved to " + inQuotes(*now) +
                    " while the run was going on: it was stopped" + whatIsLeft(*now) + ".",
                Fault::System);
  }
  for (const fs::path& file : files_)
    if (isLost(file, identityOf(file)))
      throw gone("The run's file " + inQuotes(file) + " was deleted");
  if (metrics_ && isLost(folder_ / kMetrics, metrics_))
    throw gone("The run's file " + inQuotes(folder_ / kMetrics) + " was deleted or replaced");
}

std::optional<fs::path> FolderWatch::place() const {
  std::error_code unknown;
  const fs::path now = fs::read_symlink("/proc/self/fd/" + std::to_string(descriptor_), unknown);
  if (unknown || !identity_ || identityOf(now) != identity_) return std::nullopt;
  return now;
}

std::string whatIsLeft(const fs::path& run) {
  if (isThere(run / "checkpoints" / "last.safetensors"))
    return "; its last checkpoint is intact, and it can be resumed from there";
  if (isThere(run / "adapters.safetensors"))
    return "; what it had learnt is kept, and it can be resumed";
  return "; it has no checkpoint yet, and begins again when it is resumed";
}

}  // namespace modascope
