#include "app/cli/commands.h"
#include "core/base/memory.h"
#include "core/base/terminal_text.h"

#ifdef MODASCOPE_GUI
#include "app/window/run_window.h"
#include "app/window/window_commands.h"
#endif

#ifdef MODASCOPE_GUI
namespace {

bool isCommand(std::string_view word) {
  return modascope::isCommand(word, &modascope::addWindowCommands);
}

}  // namespace
#endif

int main(int argc, char** argv) {
  modascope::keepFreedMemory();
  modascope::cleanTerminalOutput();
#ifdef MODASCOPE_GUI
  if (const auto request = modascope::windowRequest(argc, argv, &isCommand)) {
    return modascope::runWindow(argc, argv, *request);
  }
  return modascope::runCommandLine(argc, argv, &modascope::addWindowCommands);
#else
  return modascope::runCommandLine(argc, argv);
#endif
}
