#include "core/cohort/splits/split_entries.h"

#include <algorithm>
#include <vector>

#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/cohort/naming/naming.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

bool isNumber(const std::string& word) {
  return !word.empty() &&
         std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::string withoutZeros(const std::string& number) {
  return number.substr(std::min(number.find_first_not_of('0'), number.size() - 1));
}

/// Nothing is found by a key that stands for several.
void add(std::map<std::string, std::string>& map, const std::string& key, const std::string& id) {
  const auto [at, isNew] = map.emplace(key, id);
  if (!isNew && at->second != id) at->second.clear();
}

/// What a path's last part can mean, then the folders around it.
std::vector<std::string> wordsIn(std::string entry) {
  std::replace(entry.begin(), entry.end(), '\\', '/');
  while (entry.size() > 1 && entry.back() == '/') entry.pop_back();
  const fs::path path = entry;
  std::vector<std::string> words{entry, path.filename().string()};
  if (isNiftiName(path)) words.push_back(niftiStem(path));
  if (const auto named = parseName(path)) words.push_back(named->prefix);
  for (fs::path folder = path.parent_path(); folder.has_filename(); folder = folder.parent_path())
    words.push_back(folder.filename().string());
  return words;
}

}  // namespace

CaseFinder::CaseFinder(const Cohort& cohort) {
  for (const CaseInfo& info : cohort.cases) {
    ids_.emplace(info.id, info.id);
    add(lowered_, lowerCase(info.id), info.id);
    if (isNumber(info.id)) add(numbers_, withoutZeros(info.id), info.id);
  }
}

std::optional<std::string> CaseFinder::known(const std::string& word) const {
  const auto in = [&](const std::map<std::string, std::string>& map,
                      const std::string& key) -> std::optional<std::string> {
    const auto found = map.find(key);
    return found == map.end() || found->second.empty() ? std::nullopt
                                                       : std::optional(found->second);
  };
  if (const auto id = in(ids_, word)) return id;
  if (const auto id = in(lowered_, lowerCase(word))) return id;
  return isNumber(word) ? in(numbers_, withoutZeros(word)) : std::nullopt;
}

std::optional<std::string> CaseFinder::idOf(const std::string& entry) const {
  if (const auto id = known(entry)) return id;
  if (const auto id = known(textOfName(entry))) return id;
  for (const std::string& word : wordsIn(entry))
    if (const auto id = known(textOfName(word))) return id;
  const auto end = entry.find_first_of(" \t,;");
  if (end == std::string::npos || end == 0) return std::nullopt;
  for (const std::string& word : wordsIn(entry.substr(0, end)))
    if (const auto id = known(textOfName(word))) return id;
  return std::nullopt;
}

}  // namespace modascope
