#include "core/files/paths.h"

#include <algorithm>
#include <system_error>

#include "core/base/error.h"

namespace modascope {
namespace fs = std::filesystem;

bool isThere(const fs::path& path) {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool isFile(const fs::path& path) {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

bool isFolder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool samePlace(const fs::path& a, const fs::path& b) {
  std::error_code unknown;
  return fs::equivalent(a, b, unknown) || realPath(a) == realPath(b);
}

fs::path absolutePath(const fs::path& path) {
  std::error_code unknown;
  const fs::path absolute = fs::absolute(path, unknown);
  return unknown ? path : absolute;
}

fs::path realPath(const fs::path& path) {
  std::error_code unknown;
  const fs::path real = fs::weakly_canonical(path, unknown);
  return unknown ? absolutePath(path).lexically_normal() : absolutePath(real);
}

std::vector<fs::path> entriesOf(const fs::path& folder) {
  std::vector<fs::path> entries;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end;
       entry.increment(code))
    entries.push_back(entry->path());
  std::sort(entries.begin(), entries.end());
  return entries;
}

void requireStillThere(const fs::path& folder) {
  if (isFolder(folder)) return;
  throw Error("The folder " + inQuotes(folder) +
                  " is gone: it was deleted or moved while it was being written to.",
              Fault::System);
}

}  // namespace modascope
