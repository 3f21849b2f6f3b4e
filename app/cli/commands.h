#pragma once

#include <string>
#include <string_view>

namespace CLI {
class App;
}

namespace modascope {

/// Each command adds itself to the parser: its options, its help, and what runs when it is named.
/// A command throws `Error`; `runCommandLine` turns it into a sentence on stderr and an exit code.
void addAdapt(CLI::App& app);
void addCheck(CLI::App& app);
void addPhantom(CLI::App& app);
void addTrain(CLI::App& app);
void addEvaluate(CLI::App& app);
void addSegment(CLI::App& app);
void addAttribute(CLI::App& app);
void addDemo(CLI::App& app);
void addCompare(CLI::App& app);
void addRerun(CLI::App& app);
void addExport(CLI::App& app);
void addStep(CLI::App& app);
void addBench(CLI::App& app);
void addWeights(CLI::App& app);

/// Whether the word names a command, those of `extend` included.
bool isCommand(std::string_view word, void (*extend)(CLI::App&) = nullptr);

/// Parses and runs. Returns the exit code: 0, 2 when the request is wrong, 1 when something failed.
/// `extend` adds the commands that need a window.
int runCommandLine(int argc, char** argv, void (*extend)(CLI::App&) = nullptr);

}  // namespace modascope
