#include "core/problem/split_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/lower_case.h"

namespace modascope {
namespace {

/// The plainest name first.
const std::vector<std::pair<std::string, std::vector<std::string>>>& names() {
  static const std::vector<std::pair<std::string, std::vector<std::string>>> all{
      {"train", {"train", "training", "trn", "tr"}},
      {"valid", {"valid", "val", "validation", "dev", "development", "validate", "vl"}},
      {"test", {"test", "testing", "tst", "ts"}}};
  return all;
}

/// The split and the name's place in its row.
std::optional<std::pair<std::string, std::size_t>> find(const std::string& word) {
  for (const auto& [split, others] : names()) {
    const auto at = std::find(others.begin(), others.end(), word);
    if (at != others.end()) return std::pair(split, static_cast<std::size_t>(at - others.begin()));
  }
  return std::nullopt;
}

/// "Train_IDs" → "train", "test-list" → "test", "valset" → "val".
std::string bare(std::string_view name) {
  constexpr std::array<std::string_view, 15> kNouns{
      "ids",  "id",  "set",  "list",  "split",    "cases",    "files",  "file",
      "keys", "idx", "data", "names", "patients", "subjects", "samples"};
  const std::string word = lowerCase(name);
  if (find(word)) return word;  // "valid" ends with "id"
  for (const std::string_view noun : kNouns) {
    if (word.size() <= noun.size() || !word.ends_with(noun)) continue;
    std::string head = word.substr(0, word.size() - noun.size());
    head.erase(head.find_last_not_of("_- ") + 1);
    return head;
  }
  return word;
}

}  // namespace

std::optional<std::string> standardSplit(std::string_view name) {
  const auto found = find(bare(name));
  return found ? std::optional(found->first) : std::nullopt;
}

const std::vector<std::string>& standardSplits() {
  static const std::vector<std::string> all{"train", "valid", "test"};
  return all;
}

int rankOfSplitName(std::string_view name) {
  const std::string word = bare(name);
  const auto found = find(word);
  const int noun = word == lowerCase(name) ? 0 : 100;
  return (found ? static_cast<int>(found->second) : 1000) + noun;
}

}  // namespace modascope
