#pragma once

#include <filesystem>
#include <functional>

namespace modascope {

/// Calls `use` for whatever is no folder, in a folder and all below but what systems leave behind,
/// in the order of the names; it may be a link that leads nowhere. Links to folders are not
/// followed. Throws `Error` naming a folder that may not be looked through.
void forEachFileBelow(const std::filesystem::path& folder,
                      const std::function<void(const std::filesystem::path& file)>& use);
/// Throws `Error` likewise.
void requireReadable(const std::filesystem::path& folder);

}  // namespace modascope
