#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace modascope {

/// The processor cores that this process may use, at least 1: those that it may run on (`taskset`,
/// a batch system), and no more than the share of time that its control groups leave it (a
/// container's limit; 1.5 cores count as 2). `root` is the folder in which /proc and /sys are
/// looked for.
std::int64_t usableCores(const std::filesystem::path& root = "/");
/// Threads to compute with: `wanted`, or one for each usable core where that is 0.
std::int64_t threadsOf(std::int64_t wanted);
/// The processor's name as the system tells it, such as "Intel(R) Xeon(R) Gold 6154"; empty if it
/// does not. `root` as above.
std::string processorName(const std::filesystem::path& root = "/");

}  // namespace modascope
