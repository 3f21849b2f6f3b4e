#include "core/files/leftover_files.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace modascope {

bool isLeftover(const std::filesystem::path& path) {
  constexpr std::array<std::string_view, 7> kNames{"__macosx",     "thumbs.db",
                                                   "desktop.ini",  "@eadir",
                                                   "$recycle.bin", "system volume information",
                                                   "lost+found"};
  std::string name = path.filename().string();
  for (char& c : name)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  if (name == "." || name == "..") return false;
  return name.starts_with('.') || std::find(kNames.begin(), kNames.end(), name) != kNames.end();
}

}  // namespace modascope
