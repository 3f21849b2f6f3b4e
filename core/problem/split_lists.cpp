#include "core/problem/split_lists.h"

#include <algorithm>
#include <sstream>

#include "core/base/atomic_file.h"
#include "core/base/fingerprint.h"

namespace modascope {
namespace fs = std::filesystem;

constexpr std::uint64_t kLargestList = 64'000'000;  // bytes; a million names

/// Some editors begin a text with it.
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

std::optional<std::vector<std::string>> linesOf(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored) || fs::is_directory(file, ignored)) return std::nullopt;
  std::istringstream input(readText(file, kLargestList));
  std::vector<std::string> lines;
  for (std::string line; std::getline(input, line);) {
    if (lines.empty() && line.starts_with(kByteOrderMark)) line.erase(0, kByteOrderMark.size());
    line.erase(0, line.find_first_not_of(" \t\r"));
    line.erase(line.find_last_not_of(" \t\r") + 1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

std::vector<SplitList> splitLists(const fs::path& folder) {
  const std::vector<std::pair<std::string, std::vector<std::string>>> names{
      {"train", {"train"}}, {"valid", {"valid", "val", "validation", "dev"}}, {"test", {"test"}}};
  std::vector<SplitList> lists;
  for (const char* place : {".", "list_folder", "splits"}) {
    for (const auto& [split, files] : names) {
      for (const std::string& name : files) {
        const fs::path file = (folder / place / (name + ".txt")).lexically_normal();
        if (!fs::is_regular_file(file)) continue;
        lists.push_back({split, file});
        break;
      }
    }
    if (!lists.empty()) return lists;
  }
  return lists;
}

std::vector<std::vector<std::string>> hashedSplit(const std::vector<std::string>& names) {
  std::vector<std::string> mixed = names;
  std::sort(mixed.begin(), mixed.end(), [](const std::string& a, const std::string& b) {
    return std::pair(fnv1a(a), a) < std::pair(fnv1a(b), b);
  });
  const std::size_t train = std::max<std::size_t>(1, mixed.size() * 7 / 10);
  const std::size_t valid = train + (mixed.size() - std::min(train, mixed.size())) / 3;
  std::vector<std::vector<std::string>> parts(3);
  for (std::size_t i = 0; i < mixed.size(); ++i) {
    parts[i < train ? 0 : i < valid ? 1 : 2].push_back(mixed[i]);
  }
  for (auto& part : parts) std::sort(part.begin(), part.end());
  return parts;
}

}  // namespace modascope
