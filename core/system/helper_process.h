#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <system_error>

namespace modascope {

/// A program that works for this one in a process of its own, and the line between them. It cannot
/// outlive this object. One thread at a time.
class HelperProcess {
 public:
  /// How it came to its end.
  enum class End { ByItself, ProcessorTime, Killed, Crashed };

  HelperProcess() = default;
  ~HelperProcess();
  HelperProcess(const HelperProcess&) = delete;
  HelperProcess& operator=(const HelperProcess&) = delete;

  /// Starts it with one word: the number of this process. It gets nothing else of this program's:
  /// no files, no signals of the terminal.
  void start(const std::filesystem::path& program, std::error_code& why);
  bool isRunning() const { return process_ >= 0; }
  /// False when the other side is gone.
  bool send(std::string_view bytes);
  /// Whether something came, or the other side went.
  bool await(std::chrono::milliseconds most);
  /// What came, up to `most` bytes: 0 where nothing did; nothing when the other side is gone.
  std::optional<std::size_t> receive(void* into, std::size_t most);
  /// The line is closed from the other side: gives it time to end by itself, then ends it.
  End awaitEnd();
  void end();

 private:
  int finish();

  int socket_ = -1;
  std::int64_t process_ = -1;
};

/// For the program that helps. Sending ends it when the other side is gone, receiving says so.
bool receiveAsHelper(void* into, std::size_t size);
void sendAsHelper(const void* bytes, std::size_t size);

}  // namespace modascope
