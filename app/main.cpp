#include <cstdio>
#include <exception>

#include "app/cli/commands.h"
#include "core/system/freed_memory.h"
#include "core/system/terminal.h"

#ifdef MODASCOPE_GUI
#include "app/window/run_window.h"
#include "app/window/window_commands.h"
#endif

namespace {

#ifdef MODASCOPE_GUI
bool isCommand(std::string_view word) {
  return modascope::isCommand(word, &modascope::addWindowCommands);
}

int runProgram(int argc, char** argv) {
  if (const auto request = modascope::windowRequest(argc, argv, &isCommand))
    return modascope::runWindow(argc, argv, *request);
  return modascope::runCommandLine(argc, argv, &modascope::addWindowCommands);
}
#else
int runProgram(int argc, char** argv) {
  return modascope::runCommandLine(argc, argv);
}
#endif

}  // namespace

int main(int argc, char** argv) {
  try {
    modascope::keepFreedMemory();
    modascope::cleanTerminalOutput();
    return runProgram(argc, argv);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "modascope: %s\n", error.what());
  } catch (...) {
    std::fprintf(stderr, "modascope: Something went wrong that has no words.\n");
  }
  return 1;
}
