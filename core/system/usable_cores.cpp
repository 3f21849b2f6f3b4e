#include "core/system/usable_cores.h"

#include <algorithm>
#include <cmath>
#include <fstream>
#include <optional>
#include <sstream>
#include <thread>

#include <sched.h>

namespace modascope {
namespace fs = std::filesystem;
namespace {

using Cores = std::optional<double>;

Cores least(Cores a, Cores b) {
  if (!a || !b) return a ? a : b;
  return std::min(*a, *b);
}

/// The set grows until the kernel's own fits: machines have more than 1024 cores.
std::int64_t coresOfAffinity() {
  for (int most = 1024; most <= 1 << 20; most *= 2) {
    cpu_set_t* set = CPU_ALLOC(most);
    if (set == nullptr) break;
    const std::size_t size = CPU_ALLOC_SIZE(most);
    const bool known = ::sched_getaffinity(0, size, set) == 0;
    const int count = known ? CPU_COUNT_S(size, set) : 0;
    CPU_FREE(set);
    if (count > 0) return count;
  }
  return std::max(1u, std::thread::hardware_concurrency());
}

/// Of every period the group may run for a quota; nothing for "max" and −1.
Cores coresOf(double quota, double period) {
  if (!(quota > 0) || !(period > 0)) return std::nullopt;
  return quota / period;
}

Cores numberIn(const fs::path& file) {
  std::ifstream stream(file);
  double number = 0;
  if (stream >> number) return number;
  return std::nullopt;
}

/// cpu.max is "150000 100000" or "max 100000".
Cores quotaOfVersion2(const fs::path& group) {
  std::ifstream stream(group / "cpu.max");
  double quota = 0, period = 0;
  if (stream >> quota >> period) return coresOf(quota, period);
  return std::nullopt;
}

Cores quotaOfVersion1(const fs::path& group) {
  return coresOf(numberIn(group / "cpu.cfs_quota_us").value_or(0),
                 numberIn(group / "cpu.cfs_period_us").value_or(0));
}

/// The tightest of a group and all that it is in.
Cores tightest(const fs::path& mount, fs::path group, Cores (*quota)(const fs::path&)) {
  Cores cores = quota(mount);
  for (; !group.empty(); group = group.parent_path()) {
    cores = least(cores, quota(mount / group));
    if (group == group.parent_path()) break;
  }
  return cores;
}

bool isOfProcessors(const std::string& controllers) {
  std::istringstream list(controllers);
  for (std::string one; std::getline(list, one, ',');)
    if (one == "cpu") return true;
  return false;
}

/// Lines of /proc/self/cgroup are "3:cpu,cpuacct:/a/b" (version 1) and "0::/a/b" (version 2).
Cores coresOfGroups(const fs::path& root) {
  const fs::path mounts = root / "sys/fs/cgroup";
  std::ifstream stream(root / "proc/self/cgroup");
  Cores cores;
  for (std::string line; std::getline(stream, line);) {
    const auto first = line.find(':'), second = line.find(':', first + 1);
    if (second == std::string::npos) continue;
    const std::string kind = line.substr(first + 1, second - first - 1);
    const fs::path group = fs::path(line.substr(second + 1)).relative_path();
    if (kind.empty()) cores = least(cores, tightest(mounts, group, quotaOfVersion2));
    if (!isOfProcessors(kind)) continue;
    for (const std::string& mount : {kind, std::string("cpu")})
      cores = least(cores, tightest(mounts / mount, group, quotaOfVersion1));
  }
  return cores;
}

}  // namespace

std::int64_t usableCores(const fs::path& root) {
  const std::int64_t allowed = coresOfAffinity();
  const Cores share = coresOfGroups(root);
  if (!share || *share >= static_cast<double>(allowed)) return allowed;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(std::ceil(*share)));
}

std::int64_t threadsOf(std::int64_t wanted) {
  return wanted > 0 ? wanted : usableCores();
}

std::string processorName(const fs::path& root) {
  std::ifstream stream(root / "proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
  return {};
}

}  // namespace modascope
