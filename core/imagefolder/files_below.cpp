#include "core/imagefolder/files_below.h"

#include "core/base/error.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"

namespace modascope {
namespace fs = std::filesystem;

void requireReadable(const fs::path& folder) {
  std::error_code code;
  fs::directory_iterator entry(folder, code), end;
  while (!code && entry != end) entry.increment(code);
  if (code) throw Error(inQuotes(folder) + " cannot be looked through: " + code.message() + ".");
}

void forEachFileBelow(const fs::path& folder, const std::function<void(const fs::path&)>& use) {
  requireReadable(folder);
  for (const fs::path& entry : entriesOf(folder)) {
    if (isLeftover(entry)) continue;
    std::error_code unknown;
    if (fs::is_directory(fs::symlink_status(entry, unknown)))
      forEachFileBelow(entry, use);
    else
      use(entry);
  }
}

}  // namespace modascope
