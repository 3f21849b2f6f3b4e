#include "core/system/process_limits.h"

#include <csignal>

#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

namespace modascope {
namespace {

// A sanitizer takes terabytes of addresses, and opens a pipe to look at memory.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif

template <typename Resource>
void setSoftLimit(Resource resource, rlim_t value) {
  rlimit limit{};
  ::getrlimit(resource, &limit);
  limit.rlim_cur =
      limit.rlim_max == RLIM_INFINITY || value < limit.rlim_max ? value : limit.rlim_max;
  ::setrlimit(resource, &limit);
}

}  // namespace

bool bindToParent(int parent) {
  ::prctl(PR_SET_PDEATHSIG, SIGKILL);
  ::prctl(PR_SET_DUMPABLE, 0);
  setSoftLimit(RLIMIT_CORE, 0);
  return ::getppid() == parent;
}

void confine(std::uint64_t bytes) {
  if (kSanitized) return;
  setSoftLimit(RLIMIT_NOFILE, 0);
  setSoftLimit(RLIMIT_AS, bytes);
}

bool withOtherFiles(const std::function<bool()>& look) {
  if (kSanitized) return look();
  setSoftLimit(RLIMIT_NOFILE, 64);
  const bool found = look();
  setSoftLimit(RLIMIT_NOFILE, 0);
  return found;
}

void expectProgress(std::uint64_t bytes) {
  constexpr std::uint64_t kSeconds = 5, kBytesASecond = 20'000'000;
  rusage used{};
  ::getrusage(RUSAGE_SELF, &used);
  const auto worked = static_cast<std::uint64_t>(used.ru_utime.tv_sec + used.ru_stime.tv_sec);
  setSoftLimit(RLIMIT_CPU, worked + kSeconds + bytes / kBytesASecond);
}

}  // namespace modascope
