#include "core/checkpoints/name_map.h"

#include <algorithm>
#include <map>
#include <optional>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"

namespace modascope {
namespace {

using Json = nlohmann::ordered_json;
using Words = std::map<std::string, std::string>;  ///< what each placeholder stands for

constexpr std::size_t kLongestName = 1000;      // of a tensor, and of a pattern
constexpr std::size_t kLargestMap = 1'000'000;  // bytes
constexpr const char* kOurs = R"({"ignore": ["adam.first", "adam.second"]})";
constexpr const char* kIndexed =
    R"({"names": {"{block}.norm.{modality}.{kind}": "{block}.norm.{index}.{kind}"}})";

/// A pattern cut at its placeholders: even pieces are text, odd ones placeholders' words.
std::vector<std::string> piecesOf(const std::string& pattern) {
  if (pattern.size() > kLongestName)
    throw Error(inQuotes(pattern.substr(0, 40) + "…") + " has more than " +
                std::to_string(kLongestName) + " letters");
  std::vector<std::string> pieces(1);
  for (const char c : pattern) {
    const bool inside = pieces.size() % 2 == 0;
    if (c == (inside ? '}' : '{'))
      pieces.emplace_back();
    else if (c == '{' || c == '}')
      throw Error("the braces of " + inQuotes(pattern) + " do not match");
    else
      pieces.back() += c;
  }
  if (pieces.size() % 2 == 0) throw Error("a brace of " + inQuotes(pattern) + " is not closed");
  return pieces;
}

/// Finds what a pattern's placeholders stand for in a name. The ways to try grow exponentially with
/// the placeholders of a pattern; `triesLeft` is what all matches of a map may take together.
class Match {
 public:
  Match(const std::string& pattern, std::vector<std::string> modalities, std::int64_t& triesLeft)
      : pattern_(pattern),
        pieces_(piecesOf(pattern)),
        modalities_(std::move(modalities)),
        triesLeft_(triesLeft) {}

  /// Nothing when the name does not match.
  std::optional<Words> in(std::string_view name) {
    words_.clear();
    if (name.size() > kLongestName || !fits(0, name)) return std::nullopt;
    return words_;
  }

 private:
  bool fits(std::size_t piece, std::string_view rest) {
    if (--triesLeft_ < 0)
      throw Error("The name map's pattern " + inQuotes(pattern_) +
                  " can stand for a name in too many ways; put text that the names have between "
                  "its placeholders.");
    if (!rest.starts_with(pieces_[piece])) return false;
    rest.remove_prefix(pieces_[piece].size());
    if (piece + 1 == pieces_.size()) return rest.empty();
    const std::string& next = pieces_[piece + 2];
    for (auto length = rest.find(next, 1); length != std::string_view::npos;
         length = rest.find(next, length + 1))
      if (standsFor(piece + 1, rest.substr(0, length), rest.substr(length))) return true;
    return false;
  }

  bool standsFor(std::size_t placeholder, std::string_view text, std::string_view rest) {
    const std::string& word = pieces_[placeholder];
    if (word == "modality" &&
        std::find(modalities_.begin(), modalities_.end(), text) == modalities_.end())
      return false;
    const auto [place, isNew] = words_.emplace(word, text);
    if (place->second == text && fits(placeholder + 1, rest)) return true;
    if (isNew) words_.erase(word);
    return false;
  }

  std::string pattern_;
  std::vector<std::string> pieces_;
  std::vector<std::string> modalities_;
  std::int64_t& triesLeft_;
  Words words_;
};

std::string filled(const std::string& pattern, const Words& words) {
  const auto pieces = piecesOf(pattern);
  std::string name;
  for (std::size_t i = 0; i < pieces.size(); ++i)
    name += i % 2 == 0 ? pieces[i] : words.at(pieces[i]);
  return name;
}

/// Both sides are to be understood, and the right one can say no more than the left.
void requireSound(const std::string& ours, const std::string& theirs) {
  const auto left = piecesOf(ours), right = piecesOf(theirs);
  const auto has = [&](const std::string& word) {
    for (std::size_t i = 1; i < left.size(); i += 2)
      if (left[i] == word) return true;
    return false;
  };
  for (std::size_t i = 1; i < right.size(); i += 2)
    if (!has(right[i] == "index" ? "modality" : right[i]))
      throw Error("{" + right[i] + "} of " + inQuotes(theirs) + " does not follow from " +
                  inQuotes(ours));
}

std::vector<std::pair<std::string, std::string>> pairsIn(const Json& root, const char* key) {
  std::vector<std::pair<std::string, std::string>> pairs;
  if (!root.contains(key)) return pairs;
  if (!root[key].is_object()) throw Error(inQuotes(key) + " is no table");
  for (const auto& [ours, theirs] : root[key].items())
    pairs.emplace_back(ours, theirs.get<std::string>());
  return pairs;
}

}  // namespace

NameMap NameMap::parse(std::string_view json) {
  NameMap map;
  try {
    const Json root = parseOrderedJson(json);
    if (!root.is_object()) throw Error("it is no table of names, modalities and ignore");
    for (const auto& [key, value] : root.items())
      if (key != "names" && key != "modalities" && key != "ignore")
        throw Error("it has " + inQuotes(key) + "; there is names, modalities and ignore");
    map.names_ = pairsIn(root, "names");
    for (auto& [key, called] : pairsIn(root, "modalities")) map.modalities_[key] = called;
    if (root.contains("ignore")) map.ignore_ = root.at("ignore").get<std::vector<std::string>>();
  } catch (const Json::exception&) {
    throw Error("it is no table of names, modalities and ignore");
  }
  for (const auto& [ours, theirs] : map.names_) requireSound(ours, theirs);
  for (const std::string& pattern : map.ignore_) piecesOf(pattern);
  return map;
}

NameMap NameMap::open(const std::string& nameOrFile) {
  if (nameOrFile == "modascope") return parse(kOurs);
  if (nameOrFile == "indexed") return parse(kIndexed);
  std::error_code ignored;
  if (!std::filesystem::exists(nameOrFile, ignored))
    throw Error("There is no name map " + inQuotes(nameOrFile) +
                "; it is modascope, indexed or a JSON file.");
  const std::string text = readText(nameOrFile, kLargestMap);
  try {
    return parse(text);
  } catch (const Error& error) {
    throw Error("The name map " + inQuotes(nameOrFile) + " is not understood: " + error.what() +
                ".");
  }
}

std::string NameMap::theirs(const std::string& ours, const ModalitySchema& schema) const {
  const std::vector<std::string> keys = keysOf(schema, schema.all());
  for (const auto& [left, right] : names_) {
    auto words = Match(left, keys, triesLeft_).in(ours);
    if (!words) continue;
    if (const auto found = words->find("modality"); found != words->end()) {
      std::string& modality = found->second;
      (*words)["index"] = std::to_string(schema.find(modality)->index());
      if (const auto called = modalities_.find(modality); called != modalities_.end())
        modality = called->second;
    }
    return filled(right, *words);
  }
  return ours;
}

bool NameMap::isIgnored(const std::string& theirs) const {
  return std::any_of(ignore_.begin(), ignore_.end(), [&](const std::string& pattern) {
    return Match(pattern, {}, triesLeft_).in(theirs).has_value();
  });
}

}  // namespace modascope
