#include "core/problem/split_file.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <set>

#include "core/base/error.h"
#include "core/base/json_text.h"
#include "core/base/words.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/problem/split_lists.h"
#include "core/problem/split_names.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using Parts = SplitFile::Parts;

[[noreturn]] void throwMisunderstood(const fs::path& file, const std::string& what) {
  throw Error(file.string() + " is not understood: " + what +
              "; expected {\"train\": [\"case\", …], \"valid\": [\"case\", …]}, or a list of such "
              "folds.");
}

Json parsed(const fs::path& file) {
  constexpr std::uint64_t kLargest = 64'000'000;  // bytes; a million names
  const std::string text = readText(file, kLargest);
  try {
    return parseJson(text);
  } catch (const Error& error) {
    throwMisunderstood(file, error.what());
  }
}

/// A list's entries, and where they say so the fold that each is held out in.
struct Entries {
  std::vector<std::string> names;
  std::vector<std::int64_t> folds;
};

class Reader {
 public:
  explicit Reader(fs::path file) { result_.file = std::move(file); }

  SplitFile read() {
    const Json json = parsed(result_.file);
    if (json.is_array())
      takeFolds(json);
    else if (json.is_object())
      takeObject(json);
    else
      misunderstood("it begins with neither { nor [");
    return std::move(result_);
  }

 private:
  [[noreturn]] void misunderstood(const std::string& what) const {
    throwMisunderstood(result_.file, what);
  }

  std::string nameIn(const std::string& part, const Json& entry) const {
    if (entry.is_string()) return entry.get<std::string>();
    if (entry.is_number_integer()) return entry.dump();
    if (entry.is_object())
      for (const char* key : {"id", "case", "case_id", "name", "subject", "subject_id", "patient",
                              "patient_id", "image", "images", "label"})
        if (const auto at = entry.find(key); at != entry.end())
          return nameIn(part, at->is_array() && !at->empty() ? at->front() : *at);
    std::string found = jsonText(entry);
    if (found.size() > 60) found = found.substr(0, 60) + "…";
    misunderstood(inQuotes(part) + " holds more than case names: " + found);
  }

  Entries entriesOf(const std::string& part, const Json& list) const {
    if (!list.is_array()) misunderstood(inQuotes(part) + " is no list");
    Entries entries;
    for (const Json& entry : list) {
      const std::string name = nameIn(part, entry);
      if (name.empty()) continue;
      entries.names.push_back(name);
      const bool numbered =
          entry.is_object() && entry.contains("fold") && entry["fold"].is_number_integer();
      if (numbered) entries.folds.push_back(entry["fold"].get<std::int64_t>());
    }
    return entries;
  }

  static bool isFold(const Json& json) {
    if (!json.is_object()) return false;
    for (const auto& [name, list] : json.items())
      if (list.is_array() && standardSplit(name)) return true;
    return false;
  }

  void put(Parts& parts, const std::string& name, std::vector<std::string> names) {
    const std::string split = standardSplit(name).value_or(name);
    if (const auto [at, isNew] = said_.emplace(split, name); !isNew && at->second != name)
      misunderstood(inQuotes(at->second) + " and " + inQuotes(name) + " are both " +
                    inQuotes(split) + ", and only one can count");
    if (!standardSplit(name)) others_.insert(name);
    parts[split] = std::move(names);
  }

  void takeFolds(const Json& list) {
    if (list.empty()) misunderstood("it lists nothing");
    for (const Json& fold : list) {
      if (!isFold(fold))
        misunderstood(
            "it is a list, but not of folds such as {\"train\": [\"case\", …], \"val\": …}");
      said_.clear();
      Parts parts;
      for (const auto& [name, names] : fold.items())
        if (names.is_array())
          put(parts, name, entriesOf(name, names).names);
        else
          passedOver_.insert(name);
      result_.folds.push_back(std::move(parts));
    }
    finish();
  }

  /// "fold_2" before "fold_10".
  static std::vector<Json> inOrder(const Json& named) {
    std::vector<std::pair<std::string, Json>> folds;
    for (const auto& [name, fold] : named.items())
      if (isFold(fold)) folds.emplace_back(name, fold);
    std::stable_sort(folds.begin(), folds.end(), [](const auto& a, const auto& b) {
      return std::pair(a.first.size(), a.first) < std::pair(b.first.size(), b.first);
    });
    std::vector<Json> all;
    for (auto& [name, fold] : folds) all.push_back(std::move(fold));
    return all;
  }

  /// The folds among the members of an object, and the members that hold them.
  static std::vector<Json> foldsIn(const Json& json, std::set<std::string>& members) {
    for (const auto& [name, value] : json.items()) {
      const bool list = value.is_array() && !value.empty() && isFold(value.front());
      const bool wraps = value.is_object() && !isFold(value) && !inOrder(value).empty();
      if (!list && !wraps) continue;
      members.insert(name);
      return list ? std::vector<Json>(value.begin(), value.end()) : inOrder(value);
    }
    for (const auto& [name, value] : json.items())
      if (isFold(value)) members.insert(name);
    return inOrder(json);
  }

  static bool saysEachCasesPart(const Json& json) {
    return !json.empty() && std::all_of(json.begin(), json.end(), [](const Json& value) {
      return value.is_string() && standardSplit(value.get<std::string>());
    });
  }

  void takeObject(const Json& json) {
    if (saysEachCasesPart(json)) return takeEachCasesPart(json);
    std::set<std::string> members;
    const std::vector<Json> folds = foldsIn(json, members);
    Parts common;
    std::vector<std::int64_t> numbers;
    for (const auto& [name, list] : json.items()) {
      if (members.contains(name)) continue;
      if (!list.is_array() && !standardSplit(name)) {
        passedOver_.insert(name);
        continue;
      }
      const Entries entries = entriesOf(name, list);
      if (standardSplit(name) == "train") numbers = entries.folds;
      put(common, name, entries.names);
    }
    if (!folds.empty())
      takeFoldsBeside(common, folds);
    else if (!numbers.empty() && !common.contains("valid"))
      takeNumberedFolds(common, numbers);
    else
      result_.folds.push_back(std::move(common));
    finish();
  }

  void takeEachCasesPart(const Json& json) {
    Parts parts;
    for (const auto& [name, part] : json.items())
      parts[*standardSplit(part.get<std::string>())].push_back(name);
    result_.folds.push_back(std::move(parts));
  }

  void takeFoldsBeside(const Parts& common, const std::vector<Json>& folds) {
    takeFolds(Json(folds));
    for (Parts& fold : result_.folds) fold.insert(common.begin(), common.end());
  }

  /// Each case is held out in the fold of its number.
  void takeNumberedFolds(const Parts& common, const std::vector<std::int64_t>& numbers) {
    const std::vector<std::string>& cases = common.at("train");
    if (numbers.size() != cases.size()) misunderstood("not every case of it says its fold");
    for (const std::int64_t held : std::set<std::int64_t>(numbers.begin(), numbers.end())) {
      Parts parts = common;
      parts["train"].clear();
      for (std::size_t i = 0; i < cases.size(); ++i)
        parts[numbers[i] == held ? "valid" : "train"].push_back(cases[i]);
      result_.folds.push_back(std::move(parts));
    }
  }

  void finish() {
    if (finished_) return;
    finished_ = true;
    const bool any = std::any_of(result_.folds.begin(), result_.folds.end(),
                                 [](const Parts& parts) { return !parts.empty(); });
    if (!any) misunderstood("it names no split");
    const std::string file = result_.file.filename().string();
    const auto quoted = [](const std::set<std::string>& names) {
      std::vector<std::string> words;
      for (const std::string& name : names) words.push_back(inQuotes(name));
      return joined(words);
    };
    if (!others_.empty())
      result_.notes.push_back(file + " names the split " + quoted(others_) + ", which is none of " +
                              kSplitNames + ": nothing trains or validates on it.");
    if (!passedOver_.empty())
      result_.notes.push_back(file + " holds " + quoted(passedOver_) +
                              ", which is no list of cases; it is passed over.");
  }

  SplitFile result_;
  std::map<std::string, std::string> said_;  ///< split → the name that it goes by
  std::set<std::string> others_, passedOver_;
  bool finished_ = false;
};

std::vector<fs::path> candidatesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const char* name : {"split.json", "splits.json", "splits_final.json"})
    files.push_back(folder / name);
  const std::string own = folder.filename().string();
  if (own.starts_with("images")) files.push_back(folder.parent_path() / "splits_final.json");
  return files;
}

}  // namespace

std::optional<SplitFile> readSplitFile(const fs::path& folder) {
  std::vector<fs::path> there;
  std::error_code ignored;
  for (const fs::path& file : candidatesIn(folder))
    if (fs::exists(file, ignored)) there.push_back(file);
  if (there.empty()) return std::nullopt;
  SplitFile split = Reader(there.front()).read();
  for (std::size_t i = 1; i < there.size(); ++i)
    split.notes.push_back(there[i].filename().string() +
                          " is not read: " + there.front().filename().string() + " is there.");
  return split;
}

std::vector<StatedPart> statedParts(const fs::path& folder, std::vector<std::string>& notes) {
  std::vector<StatedPart> parts;
  for (const SplitList& list : splitLists(folder, notes)) {
    const auto lines = linesOf(list.file);
    if (!lines) throw Error(inQuotes(list.file) + " cannot be opened: may you read it?");
    parts.push_back({list.name, list.file, *lines});
  }
  if (!parts.empty()) return parts;
  const auto file = readSplitFile(folder);
  if (!file) return parts;
  if (file->folds.size() > 1)
    throw Error(
        inQuotes(file->file) + " lists " + std::to_string(file->folds.size()) +
        " folds; of these data one split is expected, {\"train\": …, \"valid\": …, \"test\": "
        "…}: data.folds deals its cases into folds.");
  notes.insert(notes.end(), file->notes.begin(), file->notes.end());
  for (const std::string& name : standardSplits())
    if (const auto part = file->folds.front().find(name); part != file->folds.front().end())
      parts.push_back({name, file->file, part->second});
  return parts;
}

}  // namespace modascope
