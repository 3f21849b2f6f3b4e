#include "core/system/terminal.h"

#include <cerrno>
#include <cstdio>
#include <memory>
#include <string>

#include <unistd.h>

#include "core/base/terminal_text.h"

namespace modascope {
namespace {

int descriptorOf(Stream stream) {
  return stream == Stream::Output ? STDOUT_FILENO : STDERR_FILENO;
}

}  // namespace

bool isTerminal(Stream stream) {
  return ::isatty(descriptorOf(stream)) != 0;
}

bool writeAtOnce(Stream stream, std::string_view text) {
  while (!text.empty()) {
    const ssize_t written = ::write(descriptorOf(stream), text.data(), text.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) text.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

#ifdef __GLIBC__
namespace {

struct CleanStream {
  Stream stream;
  TerminalText text;
};

/// Our own progress begins a message of stderr with these; a message is one call of write.
std::string_view ownControls(Stream stream, std::string_view message) {
  if (stream != Stream::Error) return {};
  for (const std::string_view own : {"\r\033[K", "\r"})
    if (message.starts_with(own)) return message.substr(0, own.size());
  return {};
}

ssize_t writeClean(void* cookie, const char* bytes, std::size_t count) {
  auto* clean = static_cast<CleanStream*>(cookie);
  const std::string_view message(bytes, count);
  const std::string_view own = ownControls(clean->stream, message);
  const std::string shown = clean->text.shown(message.substr(own.size()));
  const bool written = writeAtOnce(clean->stream, own) && writeAtOnce(clean->stream, shown);
  return written ? static_cast<ssize_t>(count) : 0;
}

std::FILE* cleanStream(Stream stream, int buffering) {
  // Never destroyed: what is buffered at the program's end is written after all destructors.
  auto* cookie = std::make_unique<CleanStream>(CleanStream{stream, {}}).release();
  cookie_io_functions_t functions{};
  functions.write = writeClean;
  std::FILE* file = ::fopencookie(cookie, "w", functions);
  if (file != nullptr) std::setvbuf(file, nullptr, buffering, BUFSIZ);
  return file;
}

}  // namespace

void cleanTerminalOutput() {
  const int lines = isTerminal(Stream::Output) ? _IOLBF : _IOFBF;
  if (std::FILE* out = cleanStream(Stream::Output, lines)) stdout = out;
  if (std::FILE* err = cleanStream(Stream::Error, _IONBF)) stderr = err;
}
#else
void cleanTerminalOutput() {}
#endif

}  // namespace modascope
