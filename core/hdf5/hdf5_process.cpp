#include "core/hdf5/hdf5_process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/base/error.h"

namespace modascope::hdf5 {
namespace fs = std::filesystem;
namespace {

constexpr const char* kProgram = "modascope-hdf5";
/// Without a byte: a network drive that is gone. A loop ends earlier, by its processor time.
constexpr auto kLongestSilence = std::chrono::minutes(5);
constexpr int kAskForStopMs = 50;

uid_t ownerOf(const fs::path& file) {
  struct stat facts {};
  return ::stat(file.c_str(), &facts) == 0 ? facts.st_uid : static_cast<uid_t>(-1);
}

/// Beside this program, where it is installed, or further up, since tests lie in folders of their
/// own below the build folder. Never one that somebody else put there.
fs::path readerProgram() {
  std::error_code failed;
  const fs::path self = fs::read_symlink("/proc/self/exe", failed);
  const fs::path here = self.parent_path();
  const uid_t owner = ownerOf("/proc/self/exe");
  std::vector<fs::path> places{here, here.parent_path() / "libexec" / "modascope"};
  for (fs::path up = here; up.has_relative_path();) places.push_back(up = up.parent_path());
  for (const fs::path& place : places) {
    const fs::path program = place / kProgram;
    const uid_t its = ownerOf(program);
    if (its != static_cast<uid_t>(-1) && (its == owner || its == 0)) return program;
  }
  throw Error(std::string(kProgram) +
                  ", the part of Modascope that reads HDF5 files, is neither in " +
                  inQuotes(places[0]) + " nor in " + inQuotes(places[1]) +
                  "; install or build Modascope again.",
              Fault::System);
}

/// What posix_spawn is told; freed at the end.
struct SpawnPlan {
  posix_spawn_file_actions_t files;
  posix_spawnattr_t how;

  explicit SpawnPlan(int socket) {
    posix_spawn_file_actions_init(&files);
    posix_spawnattr_init(&how);
    posix_spawn_file_actions_adddup2(&files, socket, kReaderSocket);  // first: it may be 0, 1 or 2
    for (const int standard : {0, 1, 2})
      posix_spawn_file_actions_addopen(&files, standard, "/dev/null", O_RDWR, 0);
#if __GLIBC_PREREQ(2, 34)
    posix_spawn_file_actions_addclosefrom_np(&files, kReaderSocket + 1);  // locks of runs, say
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

Error notStarted(int reason) {
  return Error(std::string(kProgram) + ", which reads HDF5 files, could not be started: " +
                   std::generic_category().message(reason) + ".",
               Fault::System);
}

/// Until the process has ended by itself, so that its own signal is seen, but not for ever.
void waitABit(pid_t process) {
  using namespace std::chrono_literals;
  for (int tries = 0; tries < 200; ++tries) {
    siginfo_t ended{};
    const int asked =
        ::waitid(P_PID, static_cast<id_t>(process), &ended, WEXITED | WNOWAIT | WNOHANG);
    if (asked == 0 && ended.si_pid == process) return;
    std::this_thread::sleep_for(10ms);
  }
}

}  // namespace

ReaderProcess::ReaderProcess(fs::path file, std::stop_token stop)
    : file_(std::move(file)), stop_(std::move(stop)) {
  start();
}

ReaderProcess::~ReaderProcess() {
  end();
}

void ReaderProcess::start() {
  const fs::path program = readerProgram();
  std::array<int, 2> ends{};
  if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0)
    throw notStarted(errno);
  const SpawnPlan plan(ends[1]);
  std::string name = program.filename().string(), parent = std::to_string(::getpid());
  const std::array<char*, 3> words{name.data(), parent.data(), nullptr};
  const int failed =
      ::posix_spawn(&process_, program.c_str(), &plan.files, &plan.how, words.data(), environ);
  ::close(ends[1]);
  socket_ = ends[0];
  if (failed == 0) return;
  process_ = -1;
  end();
  throw notStarted(failed);
}

/// How it ended, as waitpid tells; 0 if it was ended before.
int ReaderProcess::end() {
  int status = 0;
  if (socket_ >= 0) ::close(std::exchange(socket_, -1));
  if (process_ < 0) return status;
  ::kill(process_, SIGKILL);
  while (::waitpid(process_, &status, 0) < 0 && errno == EINTR) {
  }
  process_ = -1;
  return status;
}

void ReaderProcess::throwDamaged() {
  end();
  throw Error(inQuotes(file_) + " is damaged: the HDF5 library failed on it at " + path_ + ".");
}

void ReaderProcess::throwTooLong() {
  const auto passed = std::chrono::steady_clock::now() - asked_;
  const auto seconds = std::chrono::duration_cast<std::chrono::seconds>(passed).count();
  end();
  throw Error(inQuotes(file_) + " took longer than " + std::to_string(seconds) + " s to read at " +
              path_ + "; it is damaged, or its drive does not answer.");
}

/// The socket is closed from the other side.
void ReaderProcess::throwEnded() {
  waitABit(process_);
  const int status = end();
  if (!WIFSIGNALED(status)) throwDamaged();
  switch (WTERMSIG(status)) {
    case SIGXCPU:
      throwTooLong();
    case SIGKILL:
      throw Error(inQuotes(file_) + " could not be read: the system ended " + kProgram +
                      ", most likely for want of memory.",
                  Fault::System);
    default:
      throwDamaged();
  }
}

void ReaderProcess::send(const Packer& request, const std::string& path) {
  if (process_ < 0)
    throw Error(inQuotes(file_) + " cannot be read on: reading it failed before.", Fault::System);
  path_ = path;
  asked_ = std::chrono::steady_clock::now();
  const FrameHead head{Answer::Good, static_cast<std::uint32_t>(request.bytes().size())};
  std::string bytes = Packer().put(head).bytes() + request.bytes();
  for (std::size_t sent = 0; sent < bytes.size();) {
    const ssize_t now = ::send(socket_, bytes.data() + sent, bytes.size() - sent, MSG_NOSIGNAL);
    if (now < 0 && errno != EINTR) throwEnded();
    if (now > 0) sent += static_cast<std::size_t>(now);
  }
}

void ReaderProcess::awaitBytes() {
  const auto begun = std::chrono::steady_clock::now();
  pollfd one{socket_, POLLIN, 0};
  do {  // asked for each piece: they may come without a pause
    if (stop_.stop_requested()) {
      end();
      throw Error("Reading " + inQuotes(file_) + " was stopped.", Fault::System);
    }
    if (std::chrono::steady_clock::now() - begun > kLongestSilence) throwTooLong();
  } while (::poll(&one, 1, kAskForStopMs) <= 0);
}

void ReaderProcess::receive(void* into, std::size_t size) {
  auto* next = static_cast<char*>(into);
  for (char* const last = next + size; next != last;) {
    awaitBytes();
    const ssize_t now = ::recv(socket_, next, static_cast<std::size_t>(last - next), MSG_DONTWAIT);
    if (now == 0 || (now < 0 && errno != EINTR && errno != EAGAIN)) throwEnded();
    if (now > 0) next += now;
  }
}

std::size_t ReaderProcess::nextLength() {
  FrameHead head;
  receive(&head, sizeof head);
  if (head.length > kLongestFrame) throwDamaged();
  if (head.answer == Answer::Good) return head.length;
  std::string sentence(head.length, '\0');
  receive(sentence.data(), sentence.size());
  throw Error(sentence, head.answer == Answer::Refused ? Fault::Request : Fault::System);
}

std::string ReaderProcess::nextFrame() {
  std::string bytes(nextLength(), '\0');
  receive(bytes.data(), bytes.size());
  return bytes;
}

}  // namespace modascope::hdf5
