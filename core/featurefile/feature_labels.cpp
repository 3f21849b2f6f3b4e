#include "core/featurefile/feature_labels.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/base/name_text.h"
#include "core/base/words.h"
#include "core/featurefile/sentiment.h"

namespace modascope {
namespace {

constexpr std::size_t kMostClasses = 10000;
constexpr const char* kWordsOfText[] = {"text", "language", "glove", "bert", "word", "transcript"};

std::string pathOf(const SplitGroup& group) {
  return group.path + "/labels";
}

[[noreturn]] void throwLabel(const Hdf5File& file, const SplitGroup& group,
                             const std::string& what) {
  throw Error(inQuotes(file.file()) + ": " + pathOf(group) + " holds " + what + ".");
}

void requireClasses(const Hdf5File& file, const SplitGroup& group,
                    const std::vector<float>& labels) {
  const auto odd = std::find_if_not(labels.begin(), labels.end(), [](float value) {
    return value >= 0 && value < kMostClasses && std::floor(value) == value;
  });
  if (odd == labels.end()) return;
  throwLabel(file, group,
             shortly(*odd) + " for sample " + std::to_string(odd - labels.begin()) +
                 "; a class is a whole number from 0 on, below " + std::to_string(kMostClasses) +
                 ". Values to be estimated are stored as real numbers in /train");
}

std::vector<std::string> statedNames(const Hdf5File& file) {
  if (file.hasDataSet("/class_names")) return file.strings("/class_names");
  const auto names = file.attribute("class_names");
  return names ? separated(*names) : std::vector<std::string>{};
}

std::vector<std::string> classNames(const Hdf5File& file, std::size_t count) {
  std::vector<std::string> names = statedNames(file);
  if (names.empty()) {
    for (std::size_t i = 0; i < count; ++i) names.push_back(std::to_string(i));
  }
  if (names.size() < count) {
    throw Error(inQuotes(file.file()) + ": \"class_names\" has " + std::to_string(names.size()) +
                " names, but the labels go up to " + std::to_string(count - 1) +
                "; one name a class is expected.");
  }
  for (std::string& name : names) name = validText(name);
  return names;
}

/// MOSEI's: sentiment, then six emotions.
constexpr std::size_t kMoseiColumns = 7;

bool hasMoseiColumns(const Hdf5DataSet& set) {
  return set.kind == Hdf5Kind::Float && set.rank() > 1 && set.shape.back() == kMoseiColumns &&
         set.count() == set.rows() * kMoseiColumns;
}

std::vector<float> firstColumn(const Hdf5File& file, const SplitGroup& group) {
  const std::vector<float> all = file.floats(pathOf(group));
  std::vector<float> first;
  bool oneHot = true;
  for (std::size_t i = 0; i + kMoseiColumns <= all.size(); i += kMoseiColumns) {
    first.push_back(all[i]);
    const auto row = all.begin() + static_cast<std::ptrdiff_t>(i);
    const auto ones = std::count(row, row + kMoseiColumns, 1.F);
    oneHot &= ones == 1 && std::count(row, row + kMoseiColumns, 0.F) == kMoseiColumns - 1;
  }
  if (oneHot && !all.empty())
    throwLabel(file, group, "a one and six zeros in each row; store the number of the class, [N]");
  return first;
}

std::set<std::size_t> notFinite(const std::vector<float>& labels) {
  std::set<std::size_t> rows;
  for (std::size_t i = 0; i < labels.size(); ++i)
    if (!std::isfinite(labels[i])) rows.insert(i);
  return rows;
}

void noteUnknown(const Hdf5File& file, const SplitGroup& group, std::size_t unknown,
                 std::size_t count, std::vector<std::string>& notes) {
  if (unknown == 0) return;
  if (unknown == count && group.name == "train")
    throwLabel(file, group, "no finite number; there is nothing to learn from");
  notes.push_back(std::to_string(unknown) + " of " + std::to_string(count) + " samples of " +
                  group.path + (unknown == 1 ? " has" : " have") +
                  " no finite label; they are left out.");
}

bool isText(const std::string& modality) {
  const std::string name = lowerCase(modality);
  return std::any_of(std::begin(kWordsOfText), std::end(kWordsOfText),
                     [&](const char* word) { return name.find(word) != std::string::npos; });
}

using Labels = std::vector<std::vector<float>>;  ///< a split: one a sample

std::string valueName(const Labels& labels, const std::vector<std::string>& modalities,
                      std::vector<std::string>& notes) {
  if (std::none_of(modalities.begin(), modalities.end(), isText)) return "value";
  std::vector<float> all;
  for (const std::vector<float>& split : labels) all.insert(all.end(), split.begin(), split.end());
  const SentimentRange range = sentimentRange(all);
  if (!range.note.empty()) notes.push_back(range.note);
  return range.sentiment ? "sentiment" : "value";
}

std::size_t classCount(const Labels& labels) {
  float largest = 0;
  for (const std::vector<float>& split : labels)
    for (const float label : split) largest = std::max(largest, label);
  return static_cast<std::size_t>(largest) + 1;
}

std::string numbersOf(const std::vector<float>& classes) {
  std::vector<std::string> numbers;
  for (const float number : classes) numbers.push_back(shortly(number));
  return joined(numbers);
}

/// Says which classes other splits hold that train does not, and which lie between and are in none.
void noteUntaught(const std::vector<SplitGroup>& groups, const Labels& labels,
                  std::vector<std::string>& notes) {
  const std::set<float> taught(labels[0].begin(), labels[0].end());
  std::set<float> anywhere = taught;
  for (std::size_t i = 1; i < groups.size(); ++i) {
    const std::set<float> own(labels[i].begin(), labels[i].end());
    anywhere.insert(own.begin(), own.end());
    std::vector<float> others;
    std::set_difference(own.begin(), own.end(), taught.begin(), taught.end(),
                        std::back_inserter(others));
    if (others.empty()) continue;
    notes.push_back(pathOf(groups[i]) + " holds classes that " + pathOf(groups.front()) +
                    " does not: " + numbersOf(others) + ". No network can learn them.");
  }
  std::vector<float> nowhere;
  for (std::size_t i = 0; i < classCount(labels); ++i)
    if (!anywhere.contains(static_cast<float>(i))) nowhere.push_back(static_cast<float>(i));
  if (!nowhere.empty())
    notes.push_back("No sample has the class " + numbersOf(nowhere) +
                    "; classes are counted from 0 on.");
}

void requireSomethingToTellApart(const Hdf5File& file, const SplitGroup& train,
                                 const std::vector<float>& labels) {
  const auto other = [&](float label) { return label != labels.front(); };
  if (labels.empty() || std::any_of(labels.begin(), labels.end(), other)) return;
  throwLabel(file, train,
             shortly(labels.front()) +
                 " for all samples, so there is nothing to tell apart; two classes are "
                 "the least");
}

}  // namespace

FeatureLabels inspectLabels(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                            const std::vector<std::string>& modalities,
                            std::vector<std::string>& notes) {
  const Hdf5DataSet first = file.describe(pathOf(groups.front()));
  FeatureLabels found;
  found.task = first.kind == Hdf5Kind::Integer ? Task::Classification : Task::Regression;
  if (hasMoseiColumns(first))
    notes.push_back(pathOf(groups.front()) +
                    " has 7 columns, as MOSEI's sentiment and emotions; the first one is used.");
  Labels labels;
  for (const SplitGroup& group : groups) {
    labels.push_back(readLabels(file, group, found.task));
    found.unknown.push_back(notFinite(labels.back()));
    noteUnknown(file, group, found.unknown.back().size(), labels.back().size(), notes);
  }
  if (found.task == Task::Regression) {
    found.outputs = {valueName(labels, modalities, notes)};
    return found;
  }
  requireSomethingToTellApart(file, groups.front(), labels.front());
  found.outputs = classNames(file, classCount(labels));
  noteUntaught(groups, labels, notes);
  return found;
}

std::vector<float> readLabels(const Hdf5File& file, const SplitGroup& group, Task task) {
  const Hdf5DataSet set = file.describe(pathOf(group));
  if (task == Task::Regression && hasMoseiColumns(set)) return firstColumn(file, group);
  requireColumn(file, pathOf(group));
  std::vector<float> labels = file.floats(pathOf(group));
  if (task == Task::Classification) requireClasses(file, group, labels);
  return labels;
}

}  // namespace modascope
