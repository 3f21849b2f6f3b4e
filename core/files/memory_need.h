#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

namespace modascope {

/// What every reader asks before it takes memory by what a file claims. Throws `Error` (System)
/// with the file and both numbers when reading it would need more than the machine has left.
void requireMemory(const std::filesystem::path& file, std::uint64_t bytes);

/// "11.6 GB", "120 KB", "12 bytes": in thousands, as file managers count.
std::string sizeInWords(std::uint64_t bytes);

/// Throws `Error` when a file that is read as a whole is larger than any of its kind can be.
void requireAtMost(const std::filesystem::path& file, std::uint64_t size, std::uint64_t most);

}  // namespace modascope
