#include "core/system/own_program.h"

#include <cstdlib>
#include <fstream>

#include <dlfcn.h>
#include <unistd.h>

namespace modascope {

std::filesystem::path ownProgram() {
  std::error_code unknown;
  return std::filesystem::read_symlink("/proc/self/exe", unknown);
}

std::optional<FileFacts> ownProgramFacts() {
  return factsOf("/proc/self/exe");
}

std::vector<std::string> ownArguments() {
  std::ifstream file("/proc/self/cmdline", std::ios::binary);
  std::vector<std::string> all;
  for (std::string argument; std::getline(file, argument, '\0');) all.push_back(argument);
  if (!all.empty()) all.erase(all.begin());
  return all;
}

void* functionNamed(const char* name) {
  return ::dlsym(RTLD_DEFAULT, name);
}

void setVariable(const std::string& name, const std::string& value) {
  ::setenv(name.c_str(), value.c_str(), 1);
}

void becomeProgram(std::vector<std::string> words) {
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  ::execvp(argv.front(), argv.data());
}

}  // namespace modascope
