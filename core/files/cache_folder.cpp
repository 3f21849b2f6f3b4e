#include "core/files/cache_folder.h"

#include <cstdlib>

namespace modascope {
namespace {

/// The XDG specification passes over paths that are not absolute.
std::optional<std::filesystem::path> absolutePathIn(const char* variable) {
  const char* value = std::getenv(variable);
  if (value == nullptr) return std::nullopt;
  const std::filesystem::path path(value);
  if (!path.is_absolute()) return std::nullopt;
  return path;
}

}  // namespace

std::optional<std::filesystem::path> cacheFolder() {
  if (const auto cache = absolutePathIn("XDG_CACHE_HOME")) return *cache / "modascope";
  if (const auto home = absolutePathIn("HOME")) return *home / ".cache" / "modascope";
  return std::nullopt;
}

}  // namespace modascope
