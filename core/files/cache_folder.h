#pragma once

#include <filesystem>
#include <optional>

namespace modascope {

/// $XDG_CACHE_HOME/modascope, else ~/.cache/modascope: what is there costs time to make again and
/// nothing else. Nothing where the environment names neither. It need not exist.
std::optional<std::filesystem::path> cacheFolder();

}  // namespace modascope
