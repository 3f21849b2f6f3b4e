#include "core/files/leftover_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "core/base/lower_case.h"

namespace modascope {

bool isLeftover(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 7> kNames{"__macosx",     "thumbs.db",
                                                   "desktop.ini",  "@eadir",
                                                   "$recycle.bin", "system volume information",
                                                   "lost+found"};
  const std::string name = lowerCase(path.filename().string());
  if (name == "." || name == "..") return false;
  return name.starts_with('.') || std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace modascope
