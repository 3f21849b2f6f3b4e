#include "core/system/helper_process.h"

#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <string>
#include <thread>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace modascope {
namespace {

/// The line's descriptor in the program that helps.
constexpr int kHelperSocket = 3;

/// What posix_spawn is told; freed at the end.
struct SpawnPlan {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;

  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, socket, kHelperSocket);  // first: it may be 0, 1 or 2
    for (const int standard : {0, 1, 2})
      posix_spawn_file_actions_addopen(&files, standard, "/dev/null", O_RDWR, 0);
#if __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&files, kHelperSocket + 1);  // locks of runs, say
#endif
    sigset_t none, usual;
    sigemptyset(&none);
    sigfillset(&usual);
    posix_spawnattr_setsigmask(&how, &none);
    posix_spawnattr_setsigdefault(&how, &usual);
    posix_spawnattr_setpgroup(&how, 0);  // Ctrl+C is for this program alone
    posix_spawnattr_setflags(
        &how, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
  }
  ~SpawnPlan() {
    posix_spawn_file_actions_destroy(&files);
    posix_spawnattr_destroy(&how);
  }
  SpawnPlan(const SpawnPlan&) = delete;
  SpawnPlan& operator=(const SpawnPlan&) = delete;
};

/// Until the process has ended by itself, so that its own signal is seen, but not for ever.
void waitABit(std::int64_t process) {
  using namespace std::chrono_literals;
  for (int tries = 0; tries < 200; ++tries) {
    siginfo_t ended{};
    const int asked =
        ::waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOWAIT | WNOHANG);
    if (asked == 0 && ended.si_pid == process) return;
    std::this_thread::sleep_for(10ms);
  }
}

/// False when the other side is gone.
bool sendAll(int socket, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t now = ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (now < 0 && errno != EINTR) return false;
    if (now > 0) bytes.remove_prefix(static_cast<std::size_t>(now));
  }
  return true;
}

}  // namespace

HelperProcess::~HelperProcess() {
  finish();
}

void HelperProcess::start(const std::filesystem::path& program, std::error_code& why) {
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    why = {errno, std::generic_category()};
    return;
  }
  const SpawnPlan plan(ends[1]);
  std::string name = program.filename().string(), parent = std::to_string(::getpid());
  const std::array<char*, 3> words{name.data(), parent.data(), nullptr};
  pid_t started = -1;
  const int failed =
      ::posix_spawn(&started, program.c_str(), &plan.files, &plan.how, words.data(), environ);
  ::close(ends[1]);
  socket_ = ends[0];
  process_ = failed == 0 ? started : -1;
  why = {failed, std::generic_category()};
  if (failed != 0) finish();
}

bool HelperProcess::send(std::string_view bytes) {
  return sendAll(socket_, bytes);
}

bool HelperProcess::await(std::chrono::milliseconds most) {
  pollfd one{socket_, POLLIN, 0};
  return ::poll(&one, 1, static_cast<int>(most.count())) > 0;
}

std::optional<std::size_t> HelperProcess::receive(void* into, std::size_t most) {
  const ssize_t now = ::recv(socket_, into, most, MSG_DONTWAIT);
  if (now > 0) return static_cast<std::size_t>(now);
  if (now < 0 && (errno == EINTR || errno == EAGAIN)) return 0;
  return std::nullopt;
}

HelperProcess::End HelperProcess::awaitEnd() {
  waitABit(process_);
  const int status = finish();
  if (!WIFSIGNALED(status)) return End::ByItself;
  switch (WTERMSIG(status)) {
    case SIGXCPU:
      return End::ProcessorTime;
    case SIGKILL:
      return End::Killed;
    default:
      return End::Crashed;
  }
}

void HelperProcess::end() {
  finish();
}

/// How it ended, as waitpid tells; 0 if it was ended before.
int HelperProcess::finish() {
  int status = 0;
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  if (process_ < 0) return status;
  const auto process = static_cast<pid_t>(std::exchange(process_, -1));
  ::kill(process, SIGKILL);
  while (::waitpid(process, &status, 0) < 0 && errno == EINTR) {
  }
  return status;
}

bool receiveAsHelper(void* into, std::size_t size) {
  auto* next = static_cast<char*>(into);
  for (char* const last = next + size; next != last;) {
    const ssize_t now = ::recv(kHelperSocket, next, static_cast<std::size_t>(last - next), 0);
    if (now == 0 || (now < 0 && errno != EINTR)) return false;
    if (now > 0) next += now;
  }
  return true;
}

void sendAsHelper(const void* bytes, std::size_t size) {
  if (!sendAll(kHelperSocket, {static_cast<const char*>(bytes), size})) std::_Exit(EXIT_FAILURE);
}

}  // namespace modascope
