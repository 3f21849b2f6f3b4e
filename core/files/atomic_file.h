#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <ostream>
#include <string_view>

namespace modascope {

/// Writes a file so that a reader sees the old content or the new one, never a part: a temporary
/// file in the same folder, flushed to disk, then renamed. Missing parent folders are made.
/// Throws `Error` (System) naming the file and the reason, such as a full disk; the temporary file
/// is then removed and the old file is as it was.
void writeAtomically(const std::filesystem::path& file,
                     const std::function<void(std::ostream&)>& write);
void writeAtomically(const std::filesystem::path& file, std::string_view content);

/// The whole content. Throws `Error` naming the file if it cannot be read, is no file, is larger
/// than `most` bytes or than the memory that is free.
std::string readText(const std::filesystem::path& file, std::uint64_t most = UINT64_MAX);

}  // namespace modascope
