#include "core/cohort/naming/problem_file.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/words.h"
#include "core/config/bounded_toml.h"
#include "core/config/toml_bounds.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr double kShortestLimit = 50, kLongestLimit = 10000;  // mm

/// A table of the file, and where it stands.
class Table {
 public:
  Table(const toml::table& table, std::string source) : table_(table), source_(std::move(source)) {}

  Error wrong(const toml::node& at, const std::string& sentence) const {
    return wrongAt(source_, at.source().begin.line, sentence);
  }
  Error wrong(const std::string& sentence) const { return wrong(table_, sentence); }

  /// Throws `Error` at a key that is none of these.
  void allowOnly(const std::vector<std::string>& keys) const {
    for (const auto& [name, node] : table_) {
      const std::string key(name.str());
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        throw wrong(node, inQuotes(key) + " is not known here; known are " + joined(keys) + ".");
    }
  }

  std::vector<Table> tables(const char* key) const {
    std::vector<Table> all;
    const toml::node* node = table_.get(key);
    if (node == nullptr) return all;
    const toml::array* list = node->as_array();
    if (list == nullptr) throw wrong(*node, listOfTables(key));
    for (const toml::node& one : *list) {
      if (!one.is_table()) throw wrong(one, listOfTables(key));
      all.emplace_back(*one.as_table(), source_);
    }
    return all;
  }

  std::optional<std::string> word(const char* key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    return wordOf(*node, key);
  }
  std::string neededWord(const char* key) const {
    const auto found = word(key);
    if (!found) throw wrong(std::string(key) + " is missing.");
    return *found;
  }
  std::vector<std::string> words(const char* key) const {
    std::vector<std::string> all;
    for (const toml::node* one : nodes(key)) all.push_back(lowerCase(wordOf(*one, key)));
    return all;
  }

  std::vector<std::uint8_t> labels(const char* key) const {
    std::vector<std::uint8_t> all;
    for (const toml::node* one : nodes(key)) all.push_back(labelOf(*one, key));
    return all;
  }
  std::uint8_t label(const char* key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) throw wrong(std::string(key) + " is missing.");
    return labelOf(*node, key);
  }

  std::optional<double> length(const char* key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) return std::nullopt;
    const auto mm = node->value<double>();
    if (!mm || !(*mm >= kShortestLimit && *mm <= kLongestLimit))
      throw wrong(*node, std::string(key) + " is a length in mm, from 50 to 10000.");
    return mm;
  }

  std::optional<Colour> colour(const char* key) const {
    const auto text = word(key);
    if (!text) return std::nullopt;
    const bool isColour = text->size() == 7 && text->front() == '#' &&
                          std::all_of(text->begin() + 1, text->end(),
                                      [](unsigned char c) { return std::isxdigit(c); });
    if (!isColour)
      throw wrong(*table_.get(key), std::string(key) + " is " + inQuotes(*text) +
                                        "; expected one such as \"#ff8c1a\".");
    const auto part = [&](std::size_t at) {
      return static_cast<std::uint8_t>(std::stoi(text->substr(at, 2), nullptr, 16));
    };
    return Colour{part(1), part(3), part(5)};
  }

 private:
  static std::string listOfTables(const char* key) {
    return std::string(key) + " is written as [[" + key + "]], once for each.";
  }

  std::string wordOf(const toml::node& node, const char* key) const {
    const auto* text = node.as_string();
    if (text == nullptr || text->get().empty())
      throw wrong(node, std::string(key) + " is a word in quotation marks.");
    return text->get();
  }

  std::uint8_t labelOf(const toml::node& node, const char* key) const {
    const auto* whole = node.as_integer();
    if (whole == nullptr || whole->get() < 1 || whole->get() > 255)
      throw wrong(node, std::string(key) +
                            " holds the values of labels, whole numbers from 1 to "
                            "255; 0 is background.");
    return static_cast<std::uint8_t>(whole->get());
  }

  std::vector<const toml::node*> nodes(const char* key) const {
    std::vector<const toml::node*> all;
    const toml::node* node = table_.get(key);
    if (node == nullptr) return all;
    const toml::array* list = node->as_array();
    if (list == nullptr) throw wrong(*node, std::string(key) + " is a list in square brackets.");
    for (const toml::node& one : *list) all.push_back(&one);
    return all;
  }

  const toml::table& table_;
  std::string source_;
};

/// An error of what the parts make together is one of the whole table.
template <typename Make>
auto sayingWhere(const Table& table, Make make) {
  try {
    return make();
  } catch (const Error& error) {
    throw table.wrong(error.what());
  }
}

FileEnds endsIn(const Table& table, const std::string& key) {
  FileEnds ends{table.words("aliases"), table.words("suffixes")};
  ends.words.push_back(lowerCase(key));
  return ends;
}

/// The modalities, and what names of files mean.
struct Names {
  std::vector<Modality> modalities;
  std::vector<FileEnds> ends;  ///< of each of them
  FileEnds segmentation;
};

Names namesIn(const Table& top) {
  Names names;
  std::set<std::string> taken;
  for (const Table& table : top.tables("modality")) {
    table.allowOnly({"key", "label", "aliases", "suffixes"});
    const std::string key = table.neededWord("key");
    names.modalities.push_back({key, table.word("label").value_or(upperCase(key))});
    names.ends.push_back(endsIn(table, key));
    for (const auto* ends : {&names.ends.back().words, &names.ends.back().suffixes})
      for (const std::string& end : *ends)
        if (!taken.insert(end).second)
          throw table.wrong(inQuotes(end) + " is named twice; a file's name means one thing.");
  }
  names.segmentation = {top.words("segmentation"), {}};
  if (names.segmentation.words.empty()) names.segmentation.words = {"seg"};
  for (const std::string& word : names.segmentation.words)
    if (taken.contains(word))
      throw top.wrong(inQuotes(word) + " is named twice; a file's name means one thing.");
  return names;
}

Region regionIn(const Table& table, std::size_t place) {
  table.allowOnly({"key", "name", "labels", "colour"});
  const std::string key = table.neededWord("key");
  return {key, upperCase(key), table.word("name").value_or(key), table.labels("labels"),
          table.colour("colour").value_or(usualColour(place))};
}

RegionSchema regionsIn(const Table& top) {
  std::vector<Label> labels;
  for (const Table& table : top.tables("label")) {
    table.allowOnly({"value", "name"});
    labels.push_back({table.label("value"), table.neededWord("name")});
  }
  std::vector<Region> regions;
  for (const Table& table : top.tables("region"))
    regions.push_back(regionIn(table, regions.size()));
  return sayingWhere(top, [&] { return RegionSchema(std::move(labels), std::move(regions)); });
}

ProblemFile said(const toml::table& toml, const fs::path& file) {
  const Table top(toml, inQuotes(file));
  top.allowOnly({"modality", "label", "region", "segmentation", "largest_mm"});
  if (toml.empty())
    throw top.wrong("nothing is said; expected [[modality]], [[label]] and [[region]].");
  Names names = namesIn(top);
  const auto schema = sayingWhere(top, [&] { return ModalitySchema(names.modalities); });
  ProblemFile said{file, volumeProblem(schema, regionsIn(top)), std::move(names.ends),
                   std::move(names.segmentation)};
  said.longestMm = top.length("largest_mm").value_or(said.longestMm);
  return said;
}

/// What stands before the end, if the name has it.
std::optional<std::size_t> before(const std::string& stem, const FileEnds& ends) {
  std::optional<std::size_t> first;
  const auto take = [&](std::size_t at) { first = std::min(first.value_or(at), at); };
  for (const std::string& suffix : ends.suffixes)
    if (stem.ends_with(suffix)) take(stem.size() - suffix.size());
  for (const std::string& word : ends.words) {
    if (stem == word) take(0);
    if (stem.ends_with('_' + word) || stem.ends_with('-' + word))
      take(stem.size() - word.size() - 1);
  }
  return first;
}

}  // namespace

ProblemFile readProblemFile(const fs::path& file) {
  const std::string text = readText(file, kLargestToml);
  return said(parseToml(text, inQuotes(file), "this is no description of a problem"), file);
}

std::optional<ProblemFile> problemFileFor(const fs::path& folder) {
  fs::path place = folder;
  for (int above = 0; above <= kFoldersBelow; ++above, place = place.parent_path())
    if (isFile(place / "problem.toml")) return readProblemFile(place / "problem.toml");
  return std::nullopt;
}

std::optional<MeantFile> meaningOf(const std::string& stem, const ProblemFile& said) {
  const std::string lower = lowerCase(stem);
  std::optional<MeantFile> meant;
  const auto take = [&](const FileEnds& ends, std::optional<ModalityId> modality) {
    const auto at = before(lower, ends);
    if (at && (!meant || *at < meant->prefix.size()))
      meant = MeantFile{stem.substr(0, *at), modality};
  };
  for (const ModalityId id : said.problem.schema.ids()) take(said.modalities[id.index()], id);
  take(said.segmentation, std::nullopt);
  return meant;
}

}  // namespace modascope
