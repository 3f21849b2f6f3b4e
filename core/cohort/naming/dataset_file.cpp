#include "core/cohort/naming/dataset_file.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/cohort/naming/label_words.h"
#include "core/cohort/naming/modality_words.h"
#include "core/cohort/naming/naming.h"
#include "core/files/bounded_json.h"
#include "core/files/input_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::uintmax_t kLargest = 16 << 20;  // bytes; lists of thousands of cases fit

/// As JSON, so that no control character reaches a terminal, and not longer than a line.
std::string shown(const Json& json) {
  constexpr std::size_t kMost = 160;
  std::string text = json.dump(-1, ' ', true, Json::error_handler_t::replace);
  if (text.size() > kMost) text = text.substr(0, kMost) + "…";
  return text;
}

/// Throws `Error` with a reason that names no file.
Json parsed(const fs::path& file) {
  std::error_code problem;
  if (!fs::is_regular_file(file, problem)) throw Error("is no file that can be read");
  if (fs::file_size(file, problem) > kLargest) throw Error("is larger than 16 MiB");
  Json json;
  try {
    json = parseJson(InputFile(file).rest());
  } catch (const Error& error) {
    throw Error(std::string("is damaged: ") + error.what());
  }
  if (!json.is_object()) throw Error("holds " + std::string(json.type_name()) + ", not an object");
  return json;
}

std::optional<int> numberOf(const std::string& text) {
  const auto isDigit = [](char c) { return c >= '0' && c <= '9'; };
  if (text.empty() || text.size() > 4 || !std::all_of(text.begin(), text.end(), isDigit))
    return std::nullopt;
  return std::stoi(text);
}

Channels channelsIn(const Json& names, const std::string& key) {
  const std::string stated = "its " + key + " is " + shown(names) + ", ";
  if (!names.is_object() || names.empty())
    throw Error(stated + R"(which is not of the form {"0": "T1", "1": "FLAIR"})");
  Channels channels;
  std::set<ModalityId> claimed;
  for (const auto& [number, name] : names.items()) {
    const auto channel = numberOf(number);
    if (!channel) throw Error(stated + "and " + shown(number) + " is no channel's number");
    const auto modality =
        name.is_string() ? modalityMeantBy(name.get<std::string>()) : std::nullopt;
    if (!modality) throw Error(stated + "and " + shown(name) + " is none of T1, T1ce, T2, FLAIR");
    if (!channels.emplace(*channel, *modality).second || !claimed.insert(*modality).second)
      throw Error(stated + "which names a channel or a modality twice");
  }
  return channels;
}

Channels channelsOf(const Json& json) {
  std::optional<Channels> channels;
  for (const char* key : {"channel_names", "modality"}) {
    const auto names = json.find(key);
    if (names == json.end()) continue;
    const Channels these = channelsIn(*names, key);
    if (channels && *channels != these) throw Error("its channel_names and modality differ");
    channels = these;
  }
  if (!channels) throw Error("it names no channels (channel_names, or modality)");
  return *channels;
}

std::vector<std::int64_t> valuesOf(const Json& value) {
  if (value.is_number_integer()) return {value.get<std::int64_t>()};
  std::vector<std::int64_t> values;
  if (value.is_array())
    for (const Json& one : value)
      if (one.is_number_integer()) values.push_back(one.get<std::int64_t>());
  if (values.empty() || values.size() != value.size())
    throw Error("give " + shown(value) + " as a value");
  return values;
}

/// v1 writes {"1": "edema"}, v2 {"edema": 1}.
NamedLabels labelsIn(const Json& labels) {
  if (!labels.is_object()) throw Error("are no object");
  NamedLabels named;
  for (const auto& [key, value] : labels.items()) {
    const auto number = numberOf(key);
    if (number && value.is_string())
      named[value.get<std::string>()].push_back(*number);
    else
      named[key] = valuesOf(value);
  }
  return named;
}

void takeLabels(const Json& json, DatasetFile& dataset) {
  const auto labels = json.find("labels");
  if (labels == json.end()) return;
  try {
    dataset.profiles = profilesMeantBy(labelsIn(*labels));
  } catch (const Error& error) {
    dataset.labelProblem = dataset.file.string() + " cannot be followed: its labels, " +
                           shown(*labels) + ", " + error.what() + ".";
  }
}

void takeEnding(const Json& json, DatasetFile& dataset) {
  const auto ending = json.find("file_ending");
  if (ending == json.end()) return;
  fs::path name = "x";
  if (ending->is_string()) name += ending->get<std::string>();
  if (isNiftiName(name)) return;
  dataset.warning = dataset.file.string() + " says that its files end in " + shown(*ending) +
                    "; only .nii and .nii.gz are read.";
}

DatasetFile read(const fs::path& file) {
  DatasetFile dataset;
  dataset.file = file;
  try {
    const Json json = parsed(file);
    takeLabels(json, dataset);
    takeEnding(json, dataset);
    try {
      dataset.channels = channelsOf(json);
    } catch (const Error& error) {
      dataset.channelProblem = file.string() + " cannot be followed: " + error.what() + ".";
    }
  } catch (const Error& error) {
    dataset.channelProblem = file.string() + " cannot be followed: it " + error.what() + ".";
  }
  return dataset;
}

}  // namespace

std::optional<DatasetFile> datasetFileFor(const fs::path& folder, const fs::path& top) {
  for (fs::path place = folder;; place = place.parent_path()) {
    std::error_code problem;
    const fs::path file = place / "dataset.json";
    const fs::file_type type = fs::symlink_status(file, problem).type();
    if (type != fs::file_type::not_found && type != fs::file_type::none) return read(file);
    if (place == top || !place.has_relative_path()) return std::nullopt;
  }
}

}  // namespace modascope
