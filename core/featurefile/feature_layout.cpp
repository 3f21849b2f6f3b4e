#include "core/featurefile/feature_layout.h"

#include <algorithm>
#include <map>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/modality/modality.h"
#include "core/problem/split_names.h"

namespace modascope {
namespace {

bool endsWith(const std::string& text, const std::string& end) {
  return text.size() > end.size() && text.ends_with(end);
}

bool isReserved(const std::string& name) {
  static const std::vector<std::string> names{"ids",        "id",       "raw_text",
                                              "transcript", "text_raw", "class_names"};
  return name.starts_with("label") || endsWith(name, "_absent") ||
         std::find(names.begin(), names.end(), name) != names.end();
}

bool isNumeric(const Hdf5DataSet& set) {
  return set.kind == Hdf5Kind::Float || set.kind == Hdf5Kind::Integer;
}

/// Of the types that hold numbers, only not as numbers: a modality that must not be lost.
void requireNoModality(const Hdf5File& file, const std::string& path, const Hdf5DataSet& set) {
  const bool listsOrArrays = set.type.starts_with("lists") || set.type.starts_with("arrays") ||
                             set.type.starts_with("complex");
  if (set.kind != Hdf5Kind::Other || (set.rank() < 2 && !listsOrArrays)) return;
  throw Error(inQuotes(file.file()) + ": " + path + " holds " + wordsFor(set) +
              "; a modality is numbers, [samples, numbers] or [samples, steps, numbers]. The "
              "attribute \"modalities\" can name the others.");
}

struct GroupMembers {
  std::vector<std::string> modalities;
  std::vector<std::string> others;  ///< neither a modality nor text nor reserved
};

GroupMembers membersOf(const Hdf5File& file, const std::string& group) {
  GroupMembers found;
  for (const std::string& name : file.members(group)) {
    if (isReserved(name)) continue;
    const std::string path = group + "/" + name;
    const auto set = file.find(path);
    if (set) requireNoModality(file, path, *set);
    if (set && set->kind == Hdf5Kind::Text) continue;
    const bool modality = set && set->rank() >= 2 && isNumeric(*set);
    (modality ? found.modalities : found.others).push_back(name);
  }
  std::stable_partition(found.modalities.begin(), found.modalities.end(),
                        [](const std::string& key) { return key == "text"; });
  return found;
}

std::vector<std::string> foundKeys(const Hdf5File& file, const std::string& group) {
  return membersOf(file, group).modalities;
}

void requireSomeButNotTooMany(const Hdf5File& file, const std::vector<std::string>& keys) {
  if (keys.empty()) {
    throw Error(inQuotes(file.file()) +
                ": /train has no modality; one data set of numbers a modality is expected, "
                "[samples, numbers] or [samples, steps, numbers].");
  }
  if (keys.size() <= ModalitySchema::kMost) return;
  throw Error(inQuotes(file.file()) + " has " + std::to_string(keys.size()) + " modalities (" +
              joined(keys) + "); 8 are the most. The attribute \"modalities\" can name a choice.");
}

InputShape shapeIn(const Hdf5File& file, const std::string& path) {
  const Hdf5DataSet set = file.describe(path);
  const std::string where = inQuotes(file.file()) + ": " + path;
  if (!isNumeric(set)) {
    throw Error(where + " holds " + wordsFor(set) + "; numbers are expected.");
  }
  if (!set.fault.empty()) throw Error(set.fault);
  if (set.rank() != 2 && set.rank() != 3) {
    throw Error(where + " has the shape " + textOf(set.shape) +
                "; a modality is [samples, numbers] or [samples, steps, numbers].");
  }
  if (set.count() == 0) {
    throw Error(where + " has the shape " + textOf(set.shape) + "; there is nothing in it.");
  }
  const auto size = [&](std::size_t axis) { return static_cast<std::int64_t>(set.shape[axis]); };
  return set.rank() == 2 ? InputShape{size(1), 1} : InputShape{size(2), size(1)};
}

void requireSameKeys(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                     const std::vector<std::string>& keys) {
  for (const SplitGroup& group : groups) {
    const std::vector<std::string> own = foundKeys(file, group.path);
    if (own == keys) continue;
    for (const SplitGroup& one : groups)
      for (const std::vector<std::string>* named : {&keys, &own})
        for (const std::string& key : *named)
          if (file.hasDataSet(one.path + "/" + key)) shapeIn(file, one.path + "/" + key);
    throw Error(inQuotes(file.file()) + ": " + groups.front().path + " has the modalities " +
                joined(keys) + ", " + group.path + " has " + (own.empty() ? "none" : joined(own)) +
                "; all splits need the same.");
  }
}

void noteOthers(const std::vector<std::string>& members, std::vector<std::string>& notes) {
  std::vector<std::string> others;
  for (const std::string& name : members) {
    if (!standardSplit(name) && name != "class_names") others.push_back("/" + name);
  }
  if (others.empty()) return;
  notes.push_back(joined(others) + (others.size() == 1 ? " is" : " are") +
                  " passed over; /train, /valid and /test are read.");
}

void requireNoDataSet(const Hdf5File& file, const std::string& path) {
  if (file.hasDataSet(path))
    throw Error(inQuotes(file.file()) + ": " + path +
                " is a data set; a group of modalities and labels is expected.");
}

std::string textOf(const InputShape& shape) {
  return shape.steps == 1 ? std::to_string(shape.width) + " numbers"
                          : std::to_string(shape.steps) + " steps of " +
                                std::to_string(shape.width) + " numbers";
}

}  // namespace

std::vector<SplitGroup> splitGroups(const Hdf5File& file, std::vector<std::string>& notes) {
  const std::vector<std::string> members = file.members("/");
  std::vector<std::string> names = members;
  std::erase_if(names, [](const std::string& name) { return !standardSplit(name); });
  for (const std::string& name : names) requireNoDataSet(file, "/" + name);
  std::erase_if(names, [&](const std::string& name) { return !file.hasGroup("/" + name); });
  std::stable_sort(names.begin(), names.end(), [](const std::string& a, const std::string& b) {
    return rankOfSplitName(a) < rankOfSplitName(b);
  });
  std::vector<SplitGroup> groups;
  for (const std::string& split : standardSplits()) {
    for (const std::string& name : names) {
      if (standardSplit(name) != split) continue;
      if (!groups.empty() && groups.back().name == split) {
        notes.push_back("Both " + groups.back().path + " and /" + name + " are there; /" + name +
                        " is passed over.");
      } else {
        groups.push_back({split, "/" + name});
      }
    }
  }
  if (groups.empty() || groups.front().name != "train") {
    throw Error(inQuotes(file.file()) + " has no group /train; it has " +
                (members.empty() ? "nothing" : joined(members)) +
                ". Groups /train, /valid and /test are expected.");
  }
  noteOthers(members, notes);
  return groups;
}

std::vector<std::string> modalityKeys(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                                      std::vector<std::string>& notes) {
  std::vector<std::string> keys;
  if (const auto stated = file.attribute("modalities")) {
    keys = separated(*stated);
    requireSomeButNotTooMany(file, keys);
  } else {
    const GroupMembers found = membersOf(file, groups.front().path);
    keys = found.modalities;
    if (!found.others.empty())
      notes.push_back(groups.front().path + " also holds " + joined(found.others) +
                      ", passed over: a modality is a data set [samples, numbers] or [samples, "
                      "steps, numbers].");
    requireSomeButNotTooMany(file, keys);
    requireSameKeys(file, groups, keys);
  }
  return keys;
}

void noteMasksOfNothing(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                        std::vector<std::string>& notes) {
  constexpr std::string_view kEnd = "_absent";
  for (const SplitGroup& group : groups)
    for (const std::string& name : file.members(group.path)) {
      if (!endsWith(name, std::string(kEnd))) continue;
      if (file.hasDataSet(group.path + "/" + name.substr(0, name.size() - kEnd.size()))) continue;
      notes.push_back(group.path + "/" + name + " is the mask of no modality; it is passed over.");
    }
}

std::vector<InputShape> inputShapes(const Hdf5File& file, const std::vector<SplitGroup>& groups,
                                    const std::vector<std::string>& keys) {
  std::vector<InputShape> shapes;
  for (const std::string& key : keys) {
    const std::string first = groups.front().path + "/" + key;
    shapes.push_back(shapeIn(file, first));
    for (const SplitGroup& group : groups) {
      const std::string path = group.path + "/" + key;
      const InputShape own = shapeIn(file, path);
      if (own == shapes.back()) continue;
      throw Error(inQuotes(file.file()) + ": " + first + " has " + textOf(shapes.back()) +
                  " a sample, " + path + " has " + textOf(own) + "; all splits need the same.");
    }
  }
  return shapes;
}

std::string firstDataSet(const Hdf5File& file, const std::string& group,
                         const std::vector<std::string>& names) {
  for (const std::string& name : names) {
    const std::string path = group + "/" + name;
    if (file.hasDataSet(path)) return path;
    if (file.hasGroup(path))
      throw Error(inQuotes(file.file()) + ": " + path + " is a group; a data set is expected.");
  }
  return {};
}

void requireColumn(const Hdf5File& file, const std::string& path) {
  const Hdf5DataSet set = file.describe(path);
  if (set.rank() > 0 && set.count() == set.rows()) return;
  throw Error(inQuotes(file.file()) + ": " + path + " has the shape " + textOf(set.shape) +
              "; one value a sample is expected.");
}

std::string textOf(const std::vector<std::size_t>& shape) {
  if (shape.empty()) return "of a single value";
  std::vector<std::string> sizes;
  for (const std::size_t size : shape) sizes.push_back(std::to_string(size));
  return joined(sizes, " × ");
}

std::vector<std::string> separated(const std::vector<std::string>& words) {
  std::vector<std::string> result;
  std::string rest = joined(words, ",") + ",";
  for (auto comma = rest.find(','); comma != std::string::npos; comma = rest.find(',')) {
    std::string word = rest.substr(0, comma);
    rest.erase(0, comma + 1);
    word.erase(0, word.find_first_not_of(" \t"));
    word.erase(word.find_last_not_of(" \t") + 1);
    if (!word.empty()) result.push_back(word);
  }
  return result;
}

}  // namespace modascope
