#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <exception>
#include <new>

#include <CLI/CLI.hpp>

#include "app/cli/commands.h"
#include "app/cli/interrupt.h"
#include "app/version/version.h"
#include "core/base/error.h"

namespace modascope {
namespace {

int complain(const std::string& sentence, int code) {
  std::fprintf(stderr, "modascope: %s\n", sentence.c_str());
  return Interrupt::signal() ? 128 + *Interrupt::signal() : code;
}

/// What was printed may be all that a command was for.
void requireWritten() {
  errno = 0;
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return;
  throw Error(std::string("The output could not be written") +
                  (errno != 0 ? std::string(": ") + std::strerror(errno) : std::string()) + ".",
              Fault::System);
}

void addCommands(CLI::App& app, void (*extend)(CLI::App&)) {
  addPhantom(app);
  addCheck(app);
  addTrain(app);
  addAdapt(app);
  addEvaluate(app);
  addSegment(app);
  addAttribute(app);
  addDemo(app);
  addCompare(app);
  addRerun(app);
  addExport(app);
  addStep(app);
  addBench(app);
  addWeights(app);
  if (extend != nullptr) extend(app);
}

bool hasCommand(const CLI::App& app, std::string_view word) {
  const auto commands = app.get_subcommands([](const CLI::App*) { return true; });
  return std::any_of(commands.begin(), commands.end(),
                     [&](const CLI::App* command) { return command->get_name() == word; });
}

/// The parser would only say that it wants some command.
void requireKnownCommand(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-' || hasCommand(app, argv[1])) return;
  throw Error(std::string("There is no command ") + argv[1] + "; modascope --help lists them.");
}

}  // namespace

bool isCommand(std::string_view word, void (*extend)(CLI::App&)) {
  CLI::App app;
  addCommands(app, extend);
  return hasCommand(app, word);
}

int runCommandLine(int argc, char** argv, void (*extend)(CLI::App&)) {
  CLI::App app("Experiments with networks that must work when modalities are missing", "modascope");
  app.set_version_flag("--version", programVersion());
  app.require_subcommand(1);
  addCommands(app, extend);
  const Interrupt interrupt;
  try {
    requireKnownCommand(app, argc, argv);
    app.parse(argc, argv);
    requireWritten();
    return 0;
  } catch (const CLI::Success& success) {  // --help, --version
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    return complain(error.what() + std::string(" (--help shows what there is)"), 2);
  } catch (const Error& error) {
    return complain(error.what(), error.fault() == Fault::Request ? 2 : 1);
  } catch (const std::bad_alloc&) {
    return complain("There is not enough memory for this; try a smaller crop, batch or width.", 1);
  } catch (const std::exception& error) {
    return complain(std::string("Something went wrong: ") + error.what(), 1);
  } catch (...) {
    return complain("Something went wrong that has no words.", 1);
  }
}

}  // namespace modascope
