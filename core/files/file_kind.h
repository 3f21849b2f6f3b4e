#pragma once

#include <filesystem>
#include <string>
#include <string_view>

namespace modascope {

/// For whom a file is meant; the advice depends on it.
enum class Wanted { Weights, Volume, Picture, Features, Settings, Document };

/// What a file that cannot be read turns out to be, by its first bytes, and what to do about it:
/// "is a Git LFS pointer, not the file itself: run git lfs pull where it was downloaded". No full
/// stop at its end. Empty when the bytes say nothing, or that the file is of the kind wanted.
std::string otherKind(std::string_view beginning, Wanted wanted,
                      const std::filesystem::path& name = {});

/// The same of a file, of which it reads the first bytes. Throws as `InputFile` does.
std::string otherKindOf(const std::filesystem::path& file, Wanted wanted);

/// Throws `Error` naming the file and what it is when it is of another kind; else returns.
void refuseOtherKind(const std::filesystem::path& file, Wanted wanted);

}  // namespace modascope
