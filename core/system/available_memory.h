#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

namespace modascope {

/// Bytes that this process can still take: what the system has to give, and no more than its
/// control groups and `ulimit -v` leave it. Nothing where the system does not say. `root` is the
/// folder in which /proc and /sys are looked for.
std::optional<std::uint64_t> availableMemory(const std::filesystem::path& root = "/");

}  // namespace modascope
