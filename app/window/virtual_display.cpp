#include "app/window/virtual_display.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <unistd.h>

#include "app/window/run_window.h"
#include "core/base/error.h"

namespace modascope {
namespace {

/// Of this process, without its name.
std::vector<std::string> ownArguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> all;
  for (std::string argument; std::getline(file, argument, '\0');) all.push_back(argument);
  if (!all.empty()) all.erase(all.begin());
  return all;
}

}  // namespace

void ensureDisplay() {
  if (hasDisplay()) return;
  ::setenv("QT_QPA_PLATFORM", "xcb", 1);
  ::setenv("LIBGL_ALWAYS_SOFTWARE", "1", 1);
  std::error_code unknown;
  std::vector<std::string> words{"xvfb-run", "-a", "-s", "-screen 0 1920x1200x24 +extension GLX",
                                 std::filesystem::read_symlink("/proc/self/exe", unknown).string()};
  for (const std::string& argument : ownArguments()) words.push_back(argument);
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv.front(), argv.data());
  throw Error(
      "This needs a display, and there is none; install the package xvfb, whose xvfb-run makes one "
      "that nobody sees.",
      Fault::System);
}

}  // namespace modascope
