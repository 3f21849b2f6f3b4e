#include "core/runs/recording/folder_watch.h"

#include <array>

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

std::optional<FileIdentity> identityOf(const fs::path& path) {
  const auto facts = factsOf(path);
  return facts ? std::optional(facts->identity) : std::nullopt;
}

/// A disk that does not answer has not lost it.
bool isLost(const fs::path& path, const std::optional<FileIdentity>& identity) {
  std::error_code why;
  const auto now = factsOf(path, why);
  return now ? now->identity != identity
             : why == std::errc::no_such_file_or_directory || why == std::errc::not_a_directory;
}

}  // namespace

FolderWatch::FolderWatch(const fs::path& folder)
    : folder_(folder), identity_(identityOf(folder)), metrics_(identityOf(folder / kMetrics)) {
  std::error_code ignored;
  open_ = FileHandle(folder, FileHandle::Use::Place, ignored);
  for (const char* name : kOfEveryRun)
    if (isThere(folder / name)) files_.push_back(folder / name);
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
  const auto now = open_.place();
  return now && identity_ && identityOf(*now) == identity_ ? now : std::nullopt;
}

std::string whatIsLeft(const fs::path& run) {
  if (isThere(run / "checkpoints" / "last.safetensors"))
    return "; its last checkpoint is intact, and it can be resumed from there";
  if (isThere(run / "adapters.safetensors"))
    return "; what it had learnt is kept, and it can be resumed";
  return "; it has no checkpoint yet, and begins again when it is resumed";
}

}  // namespace modascope
