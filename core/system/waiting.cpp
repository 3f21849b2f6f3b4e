// Not part of a library: linked into every program, whose threads share their machine with others.
//
// The OpenMP runtime lets a thread that waits for the others spin. Beside other work it then holds
// a core that they need, and a step takes many times as long. How to wait is read from the
// environment when the runtime is loaded, before main and before any library's own beginning can
// say anything, and libc sets up its `environ` later still: so the program starts itself again with
// the variable.

#include <unistd.h>

namespace {

/// Sleep, but look a thousand times first, some microseconds: a step on small volumes, whose loops
/// are short, takes half as long again without.
constexpr const char* kWait[] = {"OMP_WAIT_POLICY=PASSIVE", "GOMP_SPINCOUNT=1000"};
/// Of the runtimes of GCC and LLVM: what the user has said stays.
constexpr const char* kSaid[] = {
    "OMP_WAIT_POLICY=", "GOMP_SPINCOUNT=", "KMP_BLOCKTIME=", "KMP_LIBRARY="};
constexpr int kMostVariables = 8192;
constexpr int kLongestPath = 4096;

// Sanitizers are not set up yet either.
#define BEFORE_ALL_ELSE __attribute__((no_sanitize("address", "thread", "undefined")))

BEFORE_ALL_ELSE bool startsWith(const char* text, const char* start) {
  while (*start != '\0')
    if (*text++ != *start++) return false;
  return true;
}

BEFORE_ALL_ELSE bool isSaid(const char* variable) {
  for (const char* said : kSaid)
    if (startsWith(variable, said)) return true;
  return false;
}

/// Whether the program was started as an argument of the dynamic linker, which is then what a
/// second start would start.
BEFORE_ALL_ELSE bool isLinker(const char* path) {
  const char* name = path;
  for (const char* c = path; *c != '\0'; ++c)
    if (*c == '/') name = c + 1;
  return startsWith(name, "ld-") || startsWith(name, "ld.");
}

BEFORE_ALL_ELSE void chooseWaiting(int, char** argv, char** environment) {
  static char* variables[kMostVariables + 3];
  static char path[kLongestPath];
  int count = 0;
  for (; environment[count] != nullptr; ++count) {
    if (count == kMostVariables || isSaid(environment[count])) return;
    variables[count] = environment[count];
  }
  for (const char* wait : kWait) variables[count++] = const_cast<char*>(wait);
  const auto length = ::readlink("/proc/self/exe", path, kLongestPath - 1);
  if (length <= 0 || isLinker(path)) return;
  ::execve(path, argv, variables);  // where it fails, all goes on, only slower beside other work
}

__attribute__((section(".preinit_array"), used)) void (*const early)(int, char**,
                                                                     char**) = chooseWaiting;

}  // namespace
