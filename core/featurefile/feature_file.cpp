#include "core/featurefile/feature_file.h"

#include <algorithm>
#include <cstdio>
#include <map>
#include <set>
#include <utility>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/base/words.h"
#include "core/featurefile/csd_folder.h"
#include "core/featurefile/feature_labels.h"
#include "core/featurefile/feature_layout.h"
#include "core/files/paths.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

/// "text" → "Text", "fac" → "fac".
std::string labelFor(const std::string& key) {
  std::string label = key;
  const bool lower = label.front() >= 'a' && label.front() <= 'z';
  if (label.size() > 3 && lower) label.front() = static_cast<char>(label.front() - 'a' + 'A');
  return label;
}

ModalitySchema schemaOf(const fs::path& file, const std::vector<std::string>& keys) {
  std::vector<Modality> modalities;
  for (const std::string& key : keys) modalities.push_back({key, labelFor(key)});
  try {
    return ModalitySchema(std::move(modalities));
  } catch (const Error& error) {
    throw Error(inQuotes(file) + ": " + error.what());
  }
}

void requireRows(const Hdf5File& file, const std::string& path, const std::string& reference) {
  const Hdf5DataSet set = file.describe(path);
  const std::size_t own = set.rows(), expected = file.describe(reference).rows();
  if (own == expected) return;
  const auto samples = std::find(set.shape.begin(), set.shape.end(), expected);
  throw Error(inQuotes(file.file()) + ": " + path + " has " + std::to_string(own) + " samples, " +
              reference + " " + std::to_string(expected) +
              "; all data sets of a split need the same number" +
              (samples == set.shape.end() ? "." : ", and samples are the first axis."));
}

/// One value a sample. Empty where there is no such data set.
std::string column(const Hdf5File& file, const std::string& group,
                   const std::vector<std::string>& names) {
  std::string path = firstDataSet(file, group, names);
  if (path.empty()) return path;
  requireColumn(file, path);
  requireRows(file, path, group + "/labels");
  return path;
}

std::vector<std::string> madeIds(const std::string& split, std::size_t count) {
  std::vector<std::string> ids;
  for (std::size_t i = 0; i < count; ++i) {
    char number[24];
    std::snprintf(number, sizeof number, "/%06zu", i);
    ids.push_back(split + number);
  }
  return ids;
}

std::vector<std::string> idsOf(const Hdf5File& file, const SplitGroup& group, std::size_t count) {
  const std::string path = column(file, group.path, {"ids", "id"});
  if (path.empty()) return madeIds(group.name, count);
  std::vector<std::string> ids;
  if (file.describe(path).kind != Hdf5Kind::Integer) {
    for (const std::string& id : file.strings(path)) ids.push_back(textOfName(id));
    return ids;
  }
  for (const std::int64_t id : file.integers(path)) ids.push_back(std::to_string(id));
  return ids;
}

FeatureSplit readSplit(const Hdf5File& file, const SplitGroup& group) {
  FeatureSplit split;
  split.name = group.name;
  split.ids = idsOf(file, group, file.describe(group.path + "/labels").rows());
  const std::string texts = column(file, group.path, {"raw_text", "transcript", "text_raw"});
  if (!texts.empty()) split.texts = file.strings(texts);
  return split;
}

/// "a", "a#2", "a#3"
void makeUnique(std::vector<FeatureSplit>& splits, std::vector<std::string>& notes) {
  std::set<std::string> taken, seen;
  for (const FeatureSplit& split : splits) taken.insert(split.ids.begin(), split.ids.end());
  std::vector<std::string> repeated;
  std::map<std::string, int> numbers;
  for (FeatureSplit& split : splits) {
    for (std::string& id : split.ids) {
      if (seen.insert(id).second) continue;
      repeated.push_back(id);
      int& number = numbers.try_emplace(id, 2).first->second;  // not again from 2: thousands repeat
      do id = repeated.back() + "#" + std::to_string(number++);
      while (!taken.insert(id).second);
    }
  }
  if (repeated.empty()) return;
  notes.push_back(std::to_string(repeated.size()) +
                  " samples have the id of an earlier one, such " + "as " +
                  inQuotes(repeated.front()) + "; their ids got a number behind.");
}

std::vector<std::uint8_t> absentIn(const Hdf5File& file, const std::string& path) {
  std::vector<std::uint8_t> absent;
  for (const float value : file.floats(path)) {
    if (value != 0.0f && value != 1.0f) {
      throw Error(inQuotes(file.file()) + ": " + path + " holds a number other than 0 and 1 for " +
                  "sample " + std::to_string(absent.size()) +
                  "; 1 stands for an absent modality, 0 for one that is there.");
    }
    absent.push_back(value == 1.0f);
  }
  return absent;
}

std::vector<std::uint8_t> availableIn(const Hdf5File& file, const SplitGroup& group,
                                      const ModalitySchema& schema, std::size_t count,
                                      std::vector<std::string>& notes) {
  std::vector<std::uint8_t> available(count, schema.all().bits());
  for (const ModalityId id : schema.ids()) {
    const std::string path = column(file, group.path, {schema.key(id) + "_absent"});
    if (path.empty()) continue;
    const std::vector<std::uint8_t> absent = absentIn(file, path);
    for (std::size_t i = 0; i < count; ++i) {
      if (absent[i] != 0) available[i] &= static_cast<std::uint8_t>(~ModalitySet(id).bits());
    }
    const auto missing = std::count(absent.begin(), absent.end(), std::uint8_t{1});
    if (missing == 0) continue;
    notes.push_back(schema.label(id) + " is absent in " + std::to_string(missing) + " of " +
                    std::to_string(count) + " samples of " + group.path + ".");
  }
  return available;
}

void requireSameCounts(const Hdf5File& file, const SplitGroup& group,
                       const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    requireRows(file, group.path + "/" + key, group.path + "/labels");
  }
}

std::vector<float> arrayOf(const Hdf5File& file, const std::string& path, std::size_t count) {
  std::vector<float> values = file.floats(path);
  if (values.size() == count) return values;
  throw Error(inQuotes(file.file()) + ": " + path + " has " + std::to_string(values.size()) +
              " numbers instead of " + std::to_string(count) +
              "; the file has changed since it was opened.");
}

/// The labels first: they say how many samples a split has.
FeatureFileInfo inspectFile(const Hdf5File& file) {
  std::vector<std::string> notes;
  const std::vector<SplitGroup> groups = splitGroups(file, notes);
  const std::vector<std::string> keys = modalityKeys(file, groups, notes);
  const ModalitySchema schema = schemaOf(file.file(), keys);
  const std::vector<InputShape> shapes = inputShapes(file, groups, keys);
  FeatureLabels labels = inspectLabels(file, groups, keys, notes);
  FeatureFileInfo info{file.file(),
                       {labels.task, schema, InputLayout(shapes), std::move(labels.outputs)},
                       {},
                       std::move(notes),
                       {}};
  noteMasksOfNothing(file, groups, info.notes);
  for (std::size_t i = 0; i < groups.size(); ++i) {
    requireSameCounts(file, groups[i], keys);
    info.splits.push_back(readSplit(file, groups[i]));
    info.splits.back().unlabelled = std::move(labels.unknown[i]);
    info.available.push_back(
        availableIn(file, groups[i], schema, info.splits.back().size(), info.notes));
  }
  makeUnique(info.splits, info.notes);
  return info;
}

}  // namespace

FeatureFileInfo inspectFeatures(const fs::path& path, std::stop_token stop) {
  std::error_code ignored;
  if (fs::is_directory(path, ignored)) return inspectSequences(path, kSequenceSteps, stop);
  if (isSequenceName(path))
    return inspectSequences(absolutePath(path).parent_path(), kSequenceSteps, stop);
  return inspectFile(Hdf5File(path, std::move(stop)));
}

FeatureArrays readFeatures(const FeatureFileInfo& info, const std::string& split,
                           std::stop_token stop) {
  std::error_code ignored;
  if (fs::is_directory(info.file, ignored)) return readSequences(info, split, std::move(stop));
  const std::size_t place = placeOfSplit(info, split);
  const FeatureSplit& known = info.splits[place];
  const Hdf5File file(info.file, std::move(stop));
  std::vector<std::string> said;
  const SplitGroup group = splitGroups(file, said).at(place);
  FeatureArrays arrays;
  for (const ModalityId id : info.problem.schema.ids()) {
    const auto each = static_cast<std::size_t>(info.problem.inputs[id].size());
    arrays.modalities.push_back(arrayOf(
        file, group.path + "/" + nameFromText(info.problem.schema.key(id)), known.size() * each));
  }
  arrays.labels = readLabels(file, group, info.problem.task);
  if (arrays.labels.size() != known.size())
    throw Error(inQuotes(info.file) + " has changed since it was opened.");
  arrays.available = info.available[place];
  arrays.ids = known.ids;
  arrays.texts = known.texts;
  return arrays;
}

}  // namespace modascope
