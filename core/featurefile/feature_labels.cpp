#include "core/featurefile/feature_labels.h"

#include <algorithm>
#include <cmath>
#include <set>
#include <sstream>

#include "core/base/error.h"
#include "core/base/words.h"

namespace modascope {
namespace {

constexpr std::size_t kMostClasses = 10000;

std::string pathOf(const SplitGroup& group) {
  return group.path + "/labels";
}

std::string shortly(double value) {
  std::ostringstream text;
  text.imbue(std::locale::classic());
  text << value;
  return text.str();
}

[[noreturn]] void throwLabel(const Hdf5File& file, const SplitGroup& group,
                             const std::string& what) {
  throw Error(inQuotes(file.file()) + ": " + pathOf(group) + " holds " + what + ".");
}

void requireValues(const Hdf5File& file, const SplitGroup& group,
                   const std::vector<float>& labels) {
  const auto odd = std::find_if_not(labels.begin(), labels.end(),
                                    [](float value) { return std::isfinite(value); });
  if (odd == labels.end()) return;
  throwLabel(file, group,
             shortly(*odd) + " for sample " + std::to_string(odd - labels.begin()) +
                 "; a label is a finite number");
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
  if (names.size() > 1) return names;
  throw Error(inQuotes(file.file()) +
              ": all labels are 0, so there is nothing to tell apart; two classes are the least.");
}

/// Of MOSI and MOSEI: what is said, rated from −3 to 3.
bool isSentiment(const Hdf5File& file, const std::vector<SplitGroup>& groups, float least,
                 float largest) {
  const std::string& train = groups.front().path;
  return least < -1 && least >= -3 && largest > 1 && largest <= 3 &&
         (file.hasDataSet(train + "/text") || file.hasDataSet(train + "/language"));
}

}  // namespace

LabelKind labelKind(const Hdf5File& file, const std::vector<SplitGroup>& groups) {
  const Hdf5DataSet first = file.describe(pathOf(groups.front()));
  const Task task = first.kind == Hdf5Kind::Integer ? Task::Classification : Task::Regression;
  float least = 0, largest = 0;
  for (const SplitGroup& group : groups) {
    for (const float label : readLabels(file, group, task)) {
      least = std::min(least, label);
      largest = std::max(largest, label);
    }
  }
  if (task == Task::Regression)
    return {task, {isSentiment(file, groups, least, largest) ? "sentiment" : "value"}};
  return {task, classNames(file, static_cast<std::size_t>(largest) + 1)};
}

void noteUntaughtClasses(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                         std::vector<std::string>& notes) {
  const auto classesOf = [&](const SplitGroup& group) {
    const std::vector<float> labels = readLabels(file, group, Task::Classification);
    return std::set<float>(labels.begin(), labels.end());
  };
  const std::set<float> taught = classesOf(groups.front());
  for (const SplitGroup& group : groups) {
    std::vector<std::string> others;
    for (const float label : classesOf(group))
      if (!taught.contains(label)) others.push_back(shortly(label));
    if (others.empty()) continue;
    notes.push_back(pathOf(group) + " holds classes that " + pathOf(groups.front()) +
                    " does not: " + joined(others) + ". No network can learn them.");
  }
}

std::vector<float> readLabels(const Hdf5File& file, const SplitGroup& group, Task task) {
  requireColumn(file, pathOf(group));
  std::vector<float> labels = file.floats(pathOf(group));
  task == Task::Classification ? requireClasses(file, group, labels)
                               : requireValues(file, group, labels);
  return labels;
}

}  // namespace modascope
