#pragma once

#include <cstdint>
#include <string>

namespace modascope {

/// Tells a process from every other, also from a later one that got its number again.
struct ProcessMark {
  std::int64_t pid = 0;
  std::uint64_t started = 0;  ///< clock ticks since the machine's start; 0 if unknown
  std::string host;
  std::string boot = {};  ///< of the system that it runs on, containers included; empty if unknown
};

/// The number of this process.
std::int64_t ownProcess();
/// Since this process was started; 0 if unknown.
double secondsSinceStart();
/// Bytes of memory that it holds now; 0 if unknown.
std::uint64_t residentBytes();
/// The process `pid` on this machine.
ProcessMark markOf(std::int64_t pid);
/// Whether that very process lives. One of another machine counts as alive while it has given a
/// sign within ten minutes (`silentSeconds`; less than none where the clocks differ).
bool isAlive(const ProcessMark& mark, double silentSeconds);
/// Whether it ran on the system that this one runs on, perhaps in another container: there, a lock
/// says for certain whether it still holds what it held.
bool isOfThisSystem(const ProcessMark& mark);

}  // namespace modascope
