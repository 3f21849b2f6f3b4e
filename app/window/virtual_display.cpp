#include "app/window/virtual_display.h"

#include <string>
#include <utility>
#include <vector>

#include "app/window/run_window.h"
#include "app/window/window_app.h"
#include "core/base/error.h"
#include "core/system/own_program.h"

namespace modascope {
namespace {

void ensureDisplay() {
  if (hasDisplay()) return;
  setVariable("QT_QPA_PLATFORM", "xcb");
  setVariable("LIBGL_ALWAYS_SOFTWARE", "1");
  std::vector<std::string> words{"xvfb-run", "-a", "-s", "-screen 0 1920x1200x24 +extension GLX",
                                 ownProgram().string()};
  for (const std::string& argument : ownArguments()) words.push_back(argument);
  becomeProgram(std::move(words));
  throw Error(
      "This needs a display, and there is none; install the package xvfb, whose xvfb-run makes one "
      "that nobody sees.",
      Fault::System);
}

}  // namespace

std::unique_ptr<CaughtApplication> makeCommandApp() {
  ensureDisplay();
  static int argc = 1;  // Qt keeps both for as long as the application lives
  static char name[] = "modascope";
  static char* argv[] = {name, nullptr};
  return makeWindowApp(argc, argv);
}

}  // namespace modascope
