#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "core/system/file_facts.h"

namespace modascope {

/// The file of the program that runs here; empty where the system does not say.
std::filesystem::path ownProgram();
/// Of that file itself, even where another has its name by now.
std::optional<FileFacts> ownProgramFacts();
/// The words behind its name.
std::vector<std::string> ownArguments();

/// A function of a library that is loaded; null where there is none of this name.
void* functionNamed(const char* name);

/// A variable of the environment, for this program and those that it starts.
void setVariable(const std::string& name, const std::string& value);

/// Lets another program go on in the place of this one; its name is looked for in PATH. Comes back
/// only where it cannot be started.
void becomeProgram(std::vector<std::string> words);

}  // namespace modascope
