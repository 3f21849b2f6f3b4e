#include "core/featurefile/csd_folder.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <set>

#include "core/base/error.h"
#include "core/base/lower_case.h"
#include "core/featurefile/csd_segments.h"
#include "core/featurefile/sentiment.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

using File = std::unique_ptr<CsdFile>;

struct Sequences {
  std::vector<File> modalities;  ///< in the schema's order
  File labels;
  File words;  ///< nothing if there is none
};

bool mentions(const std::string& name, const std::vector<std::string>& words) {
  return std::any_of(words.begin(), words.end(), [&](const std::string& word) {
    return lowerCase(name).find(word) != std::string::npos;
  });
}

std::vector<fs::path> sequencesIn(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code failed;
  const fs::directory_iterator readable(folder, failed);
  if (failed)
    throw Error(inQuotes(folder) + " cannot be looked through: " + failed.message() + ".");
  for (const fs::path& entry : entriesOf(folder))
    if (isSequenceName(entry) && !isLeftover(entry) && isFile(entry)) files.push_back(entry);
  if (files.empty()) {
    throw Error(inQuotes(folder) +
                " has no computational sequence (.csd); one a modality and one of labels are "
                "expected.");
  }
  return files;
}

void takeLabels(Sequences& all, File file) {
  if (all.labels) {
    throw Error(inQuotes(all.labels->file()) + " and " + inQuotes(file->file()) +
                " both hold labels by their names; leave one in the folder.");
  }
  if (file->holdsText()) {
    throw Error(inQuotes(file->file()) + " holds text; labels are numbers.");
  }
  all.labels = std::move(file);
}

Sequences openSequences(const fs::path& folder, const std::stop_token& stop) {
  Sequences all;
  for (const fs::path& path : sequencesIn(folder)) {
    auto file = std::make_unique<CsdFile>(path, stop);
    if (mentions(path.stem().string(), {"label"}) || mentions(file->name(), {"label"})) {
      takeLabels(all, std::move(file));
    } else if (!file->holdsText()) {
      all.modalities.push_back(std::move(file));
    } else if (!all.words || mentions(file->name(), {"word"})) {
      all.words = std::move(file);
    }
  }
  if (!all.labels) {
    throw Error(inQuotes(folder) +
                " has no sequence of labels; one whose name holds \"label\" is "
                "expected.");
  }
  if (all.modalities.empty()) {
    throw Error(inQuotes(folder) + " has labels but no sequence of features beside them.");
  }
  const auto byName = [](const File& a, const File& b) {
    const auto order = [](const File& file) {
      const bool text = mentions(file->name(), {"word", "glove", "bert", "text"});
      return std::pair(!text, lowerCase(file->name()));
    };
    return order(a) < order(b);
  };
  std::sort(all.modalities.begin(), all.modalities.end(), byName);
  return all;
}

Problem problemOf(const fs::path& folder, const Sequences& all, std::size_t steps) {
  std::vector<Modality> modalities;
  std::vector<InputShape> shapes;
  for (const File& file : all.modalities) {
    std::string key = file->name();
    std::replace_if(
        key.begin(), key.end(), [](char c) { return c == ' ' || c == ','; }, '_');
    modalities.push_back({key, file->name()});
    shapes.push_back({static_cast<std::int64_t>(file->width()), static_cast<std::int64_t>(steps)});
  }
  try {
    const ModalitySchema schema(modalities);
    return {Task::Regression, schema, InputLayout(shapes), {"value"}};
  } catch (const Error& error) {
    throw Error(inQuotes(folder) + ": " + error.what() +
                " Move the sequences that are not wanted out of the folder.");
  }
}

std::string valueName(const std::vector<Segment>& segments, std::vector<std::string>& notes) {
  std::vector<float> labels;
  for (const Segment& segment : segments) labels.push_back(segment.label);
  const SentimentRange range = sentimentRange(labels);
  if (!range.note.empty()) notes.push_back(range.note);
  return range.sentiment ? "sentiment" : "value";
}

/// Marks the modality in those segments in which one of its vectors falls.
void markAvailable(const CsdFile& file, ModalityId id, const std::vector<Segment>& segments,
                   std::vector<std::uint8_t>& available) {
  std::string video;
  std::vector<TimeInterval> intervals;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    const Segment& segment = segments[i];
    if (segment.video != video || i == 0) {
      video = segment.video;
      intervals = file.has(video) ? file.intervals(video) : std::vector<TimeInterval>{};
    }
    const bool any =
        std::any_of(intervals.begin(), intervals.end(),
                    [&](const TimeInterval& vector) { return holds(segment.interval, vector); });
    if (any) available[i] |= ModalitySet(id).bits();
  }
}

void noteAbsent(FeatureFileInfo& info, const FeatureSplit& split,
                const std::vector<std::uint8_t>& available) {
  for (const ModalityId id : info.problem.schema.ids()) {
    const auto missing = std::count_if(available.begin(), available.end(), [&](std::uint8_t bits) {
      return (bits & ModalitySet(id).bits()) == 0;
    });
    if (missing == 0) continue;
    info.notes.push_back(info.problem.schema.label(id) + " is absent in " +
                         std::to_string(missing) + " of " + std::to_string(split.size()) +
                         " samples of " + split.name + ".");
  }
}

void addSplit(FeatureFileInfo& info, const Sequences& all, const std::string& name,
              const std::vector<Segment>& segments) {
  FeatureSplit split;
  split.name = name;
  for (const Segment& segment : segments) split.ids.push_back(segment.id);
  if (all.words) split.texts = transcripts(*all.words, segments);
  std::vector<std::uint8_t> available(segments.size(), 0);
  for (const ModalityId id : info.problem.schema.ids()) {
    markAvailable(*all.modalities[id.index()], id, segments, available);
  }
  noteAbsent(info, split, available);
  info.splits.push_back(std::move(split));
  info.available.push_back(std::move(available));
}

/// [N, steps · width]
std::vector<float> readModality(const CsdFile& file, const std::vector<Segment>& segments,
                                std::size_t steps, PoolingCounts& counts) {
  std::vector<float> values;
  values.reserve(segments.size() * steps * file.width());
  std::string video;
  std::vector<TimeInterval> intervals;
  std::vector<float> features;
  for (std::size_t i = 0; i < segments.size(); ++i) {
    if (segments[i].video != video || i == 0) {
      video = segments[i].video;
      intervals = file.has(video) ? file.intervals(video) : std::vector<TimeInterval>{};
      features = file.has(video) ? file.features(video) : std::vector<float>{};
      counts.timeless += static_cast<std::size_t>(
          std::count_if(intervals.begin(), intervals.end(), [](const TimeInterval& vector) {
            return !std::isfinite(vector.start) || !std::isfinite(vector.end);
          }));
    }
    const std::vector<float> own = pooled(features, intervals, segments[i].interval, steps, counts);
    values.insert(values.end(), own.begin(), own.end());
    values.resize((i + 1) * steps * file.width());
  }
  return values;
}

void notePooling(const std::string& modality, const std::string& split, const PoolingCounts& counts,
                 std::vector<std::string>& notes) {
  const auto ofAll = [](std::size_t some, std::size_t all) {
    return std::to_string(some) + " of " + std::to_string(all);
  };
  if (counts.notFinite > 0)
    notes.push_back(modality + " has " + ofAll(counts.notFinite, counts.numbers) +
                    " numbers that are not finite in " + split + "; they are left out.");
  if (counts.timeless > 0)
    notes.push_back(modality + " has " + std::to_string(counts.timeless) + " vectors in " + split +
                    " whose time is not finite; they are passed over.");
  if (counts.empty > 0)
    notes.push_back(modality + " has no vector in " + ofAll(counts.empty, counts.parts) +
                    " parts of the segments of " + split + "; they are taken for the mean.");
}

std::vector<Segment> segmentsNamed(const CsdFile& labels, const FeatureSplit& split) {
  std::vector<std::string> notes;
  const std::set<std::string> ids(split.ids.begin(), split.ids.end());
  std::vector<Segment> segments = labelledSegments(labels, notes);
  std::erase_if(segments, [&](const Segment& segment) { return !ids.contains(segment.id); });
  if (segments.size() == split.size()) return segments;
  throw Error(inQuotes(labels.file()) + " has changed since it was opened: of " +
              std::to_string(split.size()) + " segments " + std::to_string(segments.size()) +
              " are left.");
}

}  // namespace

bool isSequenceName(const fs::path& path) {
  return lowerCase(path.extension().string()) == ".csd";
}

FeatureFileInfo inspectSequences(const fs::path& folder, std::size_t steps, std::stop_token stop) {
  const Sequences all = openSequences(folder, stop);
  FeatureFileInfo info{folder, problemOf(folder, all, steps), {}, {}, {}};
  const std::vector<Segment> segments = labelledSegments(*all.labels, info.notes);
  info.problem.outputs = {valueName(segments, info.notes)};
  for (const VideoSplit& split : videoSplits(folder, segments, info.notes)) {
    const std::vector<Segment> own = segmentsIn(segments, split);
    if (!own.empty()) addSplit(info, all, split.name, own);
  }
  return info;
}

FeatureArrays readSequences(const FeatureFileInfo& info, const std::string& split,
                            std::stop_token stop) {
  const std::size_t place = placeOfSplit(info, split);
  const Sequences all = openSequences(info.file, stop);
  const std::vector<Segment> segments = segmentsNamed(*all.labels, info.splits[place]);
  FeatureArrays arrays;
  for (const ModalityId id : info.problem.schema.ids()) {
    const auto steps = static_cast<std::size_t>(info.problem.inputs[id].steps);
    PoolingCounts counts;
    arrays.modalities.push_back(
        readModality(*all.modalities.at(id.index()), segments, steps, counts));
    notePooling(info.problem.schema.label(id), split, counts, arrays.notes);
  }
  for (const Segment& segment : segments) arrays.labels.push_back(segment.label);
  arrays.available = info.available[place];
  arrays.ids = info.splits[place].ids;
  arrays.texts = info.splits[place].texts;
  return arrays;
}

}  // namespace modascope
