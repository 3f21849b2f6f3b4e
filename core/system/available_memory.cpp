#include "core/system/available_memory.h"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <string>

#include <sys/resource.h>

namespace modascope {
namespace fs = std::filesystem;
namespace {

using Bytes = std::optional<std::uint64_t>;

/// The smaller one of those that there are.
Bytes least(Bytes a, Bytes b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

std::uint64_t less(std::uint64_t a, std::uint64_t b) {
  return a > b ? a - b : 0;
}

/// The number of a file that holds nothing else; nothing for "max".
Bytes numberIn(const fs::path& file) {
  std::ifstream stream(file);
  std::uint64_t number = 0;
  if (stream >> number) return number;
  return std::nullopt;
}

/// The number behind a word at the begin of a line, as in "MemAvailable:  1024 kB".
Bytes numberAfter(const fs::path& file, const std::string& word) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    std::istringstream words(line);
    std::string first;
    std::uint64_t number = 0;
    if (words >> first >> number && first == word) return number;
  }
  return std::nullopt;
}

Bytes kilobytesAfter(const fs::path& file, const std::string& word) {
  const Bytes number = numberAfter(file, word);
  if (!number) return std::nullopt;
  return *number * 1024;
}

/// What the two versions of control groups call the same thing.
struct GroupFiles {
  const char* limit;
  const char* used;
  const char* cache;  ///< in memory.stat; given back when it is needed
};
constexpr GroupFiles kVersion1{"memory.limit_in_bytes", "memory.usage_in_bytes",
                               "total_inactive_file"};
constexpr GroupFiles kVersion2{"memory.max", "memory.current", "inactive_file"};

Bytes leftInGroup(const fs::path& folder, const GroupFiles& files) {
  const Bytes limit = numberIn(folder / files.limit), used = numberIn(folder / files.used);
  if (!limit || !used) return std::nullopt;
  const std::uint64_t cache = numberAfter(folder / "memory.stat", files.cache).value_or(0);
  return less(*limit, less(*used, cache));
}

/// The tightest of a group and all that it is in.
Bytes leftInGroups(const fs::path& mount, fs::path group, const GroupFiles& files) {
  Bytes left = leftInGroup(mount, files);
  for (; !group.empty(); group = group.parent_path()) {
    left = least(left, leftInGroup(mount / group, files));
    if (group == group.parent_path()) break;
  }
  return left;
}

/// Lines of /proc/self/cgroup are "4:memory:/a/b" (version 1) and "0::/a/b" (version 2).
Bytes leftByGroups(const fs::path& root) {
  const fs::path mounts = root / "sys/fs/cgroup";
  std::ifstream stream(root / "proc/self/cgroup");
  Bytes left;
  for (std::string line; std::getline(stream, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string kind = line.substr(first + 1, second - first - 1);
    const fs::path group = fs::path(line.substr(second + 1)).relative_path();
    if (kind.empty()) left = least(left, leftInGroups(mounts, group, kVersion2));
    if (kind == "memory") left = least(left, leftInGroups(mounts / kind, group, kVersion1));
  }
  return left;
}

Bytes leftByLimit(const fs::path& root) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_AS, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return std::nullopt;
  const Bytes used = kilobytesAfter(root / "proc/self/status", "VmSize:");
  return less(limit.rlim_cur, used.value_or(0));
}

}  // namespace

std::optional<std::uint64_t> availableMemory(const fs::path& root) {
  const Bytes system = kilobytesAfter(root / "proc/meminfo", "MemAvailable:");
  return least(least(system, leftByGroups(root)), leftByLimit(root));
}

}  // namespace modascope
