#include "core/problem/split_lists.h"

#include <algorithm>
#include <sstream>
#include <string_view>

#include "core/base/fingerprint.h"
#include "core/base/lower_case.h"
#include "core/base/words.h"
#include "core/files/atomic_file.h"
#include "core/problem/split_names.h"

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

namespace {

bool isTextName(const fs::path& file) {
  const std::string name = file.filename().string(), ending = file.extension().string();
  return !name.starts_with('.') && (ending == ".txt" || ending == ".TXT");
}

/// Whether "trainval" or "test_night" looks like a list of cases that nobody asked for.
bool soundsLikeSplit(std::string_view name) {
  const std::string word = lowerCase(name);
  return word.starts_with("train") || word.starts_with("val") || word.starts_with("test");
}

/// Sorted: the name that counts most first.
std::vector<fs::path> textFilesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  for (fs::directory_iterator it(folder, failed), end; !failed && it != end; it.increment(failed)) {
    std::error_code ignored;
    if (isTextName(it->path()) && fs::is_regular_file(it->path(), ignored))
      files.push_back((folder / it->path().filename()).lexically_normal());
  }
  std::sort(files.begin(), files.end(), [](const fs::path& a, const fs::path& b) {
    const auto order = [](const fs::path& file) {
      const std::string name = file.stem().string();
      return std::pair(rankOfSplitName(name), name);
    };
    return order(a) < order(b);
  });
  return files;
}

std::vector<SplitList> listsIn(const fs::path& folder, std::vector<fs::path>& unread) {
  const std::vector<fs::path> files = textFilesIn(folder);
  std::vector<SplitList> lists;
  for (const std::string& split : standardSplits()) {
    bool found = false;
    for (const fs::path& file : files) {
      if (standardSplit(file.stem().string()) != split) continue;
      if (found)
        unread.push_back(file);
      else
        lists.push_back({split, file});
      found = true;
    }
  }
  for (const fs::path& file : files)
    if (!standardSplit(file.stem().string()) && soundsLikeSplit(file.stem().string()))
      unread.push_back(file);
  return lists;
}

}  // namespace

std::vector<SplitList> splitLists(const fs::path& folder, std::vector<std::string>& notes) {
  std::vector<SplitList> lists;
  std::vector<fs::path> unread;
  for (const char* place : {".", "list_folder", "splits"}) {
    std::vector<fs::path> others;
    const auto found = listsIn((folder / place).lexically_normal(), others);
    if (lists.empty())
      lists = found;
    else
      for (const SplitList& list : found) others.push_back(list.file);
    unread.insert(unread.end(), others.begin(), others.end());
  }
  if (unread.empty()) return lists;
  std::vector<std::string> names;
  for (const fs::path& file : unread)
    names.push_back(file.lexically_relative(folder).generic_string());
  notes.push_back(joined(names) + (names.size() == 1 ? " is" : " are") + " there and not read: " +
                  (lists.empty()
                       ? "no list of the training cases is beside it."
                       : "the splits are those of " + lists.front().file.filename().string() +
                             " and the lists beside it."));
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
