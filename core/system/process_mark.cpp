#include "core/system/process_mark.h"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cmath>
#include <fstream>
#include <locale>
#include <optional>
#include <sstream>

#include <signal.h>
#include <time.h>
#include <unistd.h>

namespace modascope {
namespace {

constexpr double kLongestSilence = 600;  // seconds

std::string hostName() {
  std::array<char, 256> name{};
  return ::gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

std::string bootOfSystem() {
  std::ifstream stream("/proc/sys/kernel/random/boot_id");
  std::string boot;
  std::getline(stream, boot);
  return boot;
}

struct ProcessFacts {
  char state = '?';
  std::uint64_t started = 0;
};

/// /proc/<pid>/stat: "pid (name) state …", the start time is field 22. The name may hold anything.
std::optional<ProcessFacts> factsOf(std::int64_t pid) {
  std::ifstream stream("/proc/" + std::to_string(pid) + "/stat");
  std::string line;
  if (!std::getline(stream, line)) return std::nullopt;
  std::istringstream fields(line.substr(std::min(line.rfind(')') + 1, line.size())));
  fields.imbue(std::locale::classic());
  ProcessFacts facts;
  std::string skipped;
  fields >> facts.state;
  for (int field = 4; field < 22; ++field) fields >> skipped;
  fields >> facts.started;
  return facts;
}

}  // namespace

std::int64_t ownProcess() {
  return ::getpid();
}

double secondsSinceStart() {
  timespec now{};
  const auto facts = factsOf(ownProcess());
  if (!facts || ::clock_gettime(CLOCK_BOOTTIME, &now) != 0) return 0;
  return static_cast<double>(now.tv_sec) + 1e-9 * static_cast<double>(now.tv_nsec) -
         static_cast<double>(facts->started) / static_cast<double>(::sysconf(_SC_CLK_TCK));
}

std::uint64_t residentBytes() {
  std::ifstream stream("/proc/self/statm");
  stream.imbue(std::locale::classic());
  std::uint64_t all = 0, resident = 0;
  stream >> all >> resident;
  return resident * static_cast<std::uint64_t>(::sysconf(_SC_PAGESIZE));
}

ProcessMark markOf(std::int64_t pid) {
  const auto facts = factsOf(pid);
  return {pid, facts ? facts->started : 0, hostName(), bootOfSystem()};
}

bool isAlive(const ProcessMark& mark, double silentSeconds) {
  if (mark.pid <= 0) return false;
  if (mark.host != hostName()) return std::abs(silentSeconds) < kLongestSilence;
  if (::kill(static_cast<pid_t>(mark.pid), 0) != 0 && errno != EPERM) return false;
  const auto facts = factsOf(mark.pid);
  if (!facts || mark.started == 0) return true;
  return facts->state != 'Z' && facts->started == mark.started;
}

bool isOfThisSystem(const ProcessMark& mark) {
  if (!mark.boot.empty()) return mark.boot == bootOfSystem();
  return mark.host == hostName();
}

}  // namespace modascope
