#pragma once

#include <cstdint>
#include <filesystem>

namespace modascope {

/// The processor cores that this process may use, at least 1: those that it may run on (`taskset`,
/// a batch system), and no more than the share of time that its control groups leave it (a
/// container's limit; 1.5 cores count as 2). `root` is the folder in which /proc and /sys are
/// looked for.
std::int64_t usableCores(const std::filesystem::path& root = "/");

}  // namespace modascope
