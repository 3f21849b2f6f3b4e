#include "core/featurefile/csd_segments.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/base/words.h"
#include "core/problem/split_file.h"
#include "core/problem/split_lists.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char* kPause = "sp";  // as sequences of words write it

/// "video[3]", as aligned sequences name it, → "video".
std::string wholeVideo(const std::string& name) {
  const auto bracket = name.rfind('[');
  return name.ends_with(']') && bracket != std::string::npos && bracket > 0
             ? name.substr(0, bracket)
             : name;
}

std::vector<Segment> segmentsOf(const CsdFile& labels, const std::string& video) {
  const std::vector<TimeInterval> intervals = labels.intervals(video);
  const std::vector<float> values = labels.features(video);
  const bool aligned = wholeVideo(video) != video && intervals.size() == 1;
  std::vector<Segment> segments;
  if (values.size() < intervals.size() * labels.width())
    throw Error(inQuotes(labels.file()) + " changed while it was read.");
  for (std::size_t k = 0; k < intervals.size(); ++k) {
    std::string id = textOfName(aligned ? video : video + "[" + std::to_string(k) + "]");
    segments.push_back({std::move(id), video, intervals[k], values[k * labels.width()]});
  }
  return segments;
}

/// Which of the segment's equal parts the middle of a vector's interval lies in.
std::size_t partOf(const TimeInterval& segment, const TimeInterval& vector, std::size_t steps) {
  const float share = (vector.middle() - segment.start) / segment.length();
  return std::min(steps - 1, static_cast<std::size_t>(share * static_cast<float>(steps)));
}

std::vector<VideoSplit> listedSplits(const std::vector<StatedPart>& lists,
                                     const std::set<std::string>& videos,
                                     std::vector<std::string>& notes) {
  std::vector<VideoSplit> splits;
  for (const StatedPart& list : lists) {
    VideoSplit split{list.name, {}};
    std::size_t unknown = 0, repeated = 0;
    for (const std::string& line : list.entries) {
      if (!videos.contains(line))
        ++unknown;
      else if (!split.videos.insert(line).second)
        ++repeated;
    }
    if (repeated > 0)
      notes.push_back(list.file.filename().string() + " names " + std::to_string(repeated) +
                      " videos twice; they count once.");
    if (unknown > 0) {
      notes.push_back(list.file.filename().string() + " names " + std::to_string(unknown) +
                      " videos that have no labels; they are passed over.");
    }
    splits.push_back(std::move(split));
  }
  return splits;
}

std::vector<VideoSplit> hashedSplits(const std::set<std::string>& videos,
                                     std::vector<std::string>& notes) {
  const auto parts = hashedSplit({videos.begin(), videos.end()});
  std::vector<VideoSplit> splits;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const char* name = i == 0 ? "train" : i == 1 ? "valid" : "test";
    if (!parts[i].empty()) splits.push_back({name, {parts[i].begin(), parts[i].end()}});
  }
  notes.push_back(
      "There is no train.txt: the videos were split by a hash of their names, 70 % to "
      "train, 10 % to validate, 20 % to test.");
  return splits;
}

}  // namespace

std::vector<Segment> labelledSegments(const CsdFile& labels, std::vector<std::string>& notes) {
  std::vector<Segment> segments;
  std::size_t unusable = 0;
  for (const std::string& video : labels.videos()) {
    for (Segment& segment : segmentsOf(labels, video)) {
      if (std::isfinite(segment.label) && segment.interval.length() > 0) {
        segments.push_back(std::move(segment));
      } else {
        ++unusable;
      }
    }
  }
  if (unusable > 0) {
    notes.push_back(std::to_string(unusable) +
                    " segments have no finite label or last no time; they are left out.");
  }
  if (labels.width() > 1)
    notes.push_back(labels.file().filename().string() + " has " + std::to_string(labels.width()) +
                    " columns; the first one is what is estimated.");
  return segments;
}

std::vector<VideoSplit> videoSplits(const fs::path& folder, const std::vector<Segment>& segments,
                                    std::vector<std::string>& notes) {
  std::set<std::string> videos;
  for (const Segment& segment : segments) videos.insert(wholeVideo(segment.video));
  const std::vector<StatedPart> lists = statedParts(folder, notes);
  std::vector<VideoSplit> splits =
      lists.empty() ? hashedSplits(videos, notes) : listedSplits(lists, videos, notes);
  if (splits.empty() || splits.front().name != "train" || splits.front().videos.empty()) {
    throw Error(inQuotes(folder) + " has no video with labels to train on" +
                (lists.empty() ? "." : ": train.txt is not there or names none of them."));
  }
  return splits;
}

std::vector<Segment> segmentsIn(const std::vector<Segment>& all, const VideoSplit& split) {
  std::vector<Segment> own;
  std::copy_if(all.begin(), all.end(), std::back_inserter(own), [&](const Segment& segment) {
    return split.videos.contains(wholeVideo(segment.video));
  });
  return own;
}

bool holds(const TimeInterval& segment, const TimeInterval& vector) {
  return vector.middle() >= segment.start && vector.middle() < segment.end;
}

std::vector<std::string> transcripts(const CsdFile& words, const std::vector<Segment>& segments) {
  std::vector<std::string> texts;
  for (const Segment& segment : segments) {
    std::vector<std::string> said;
    if (words.has(segment.video)) {
      const std::vector<TimeInterval> intervals = words.intervals(segment.video);
      const std::vector<std::string> spoken = words.words(segment.video);
      for (std::size_t i = 0; i < spoken.size(); ++i) {
        if (holds(segment.interval, intervals[i]) && spoken[i] != kPause) said.push_back(spoken[i]);
      }
    }
    texts.push_back(joined(said, " "));
  }
  return texts;
}

std::vector<float> pooled(std::span<const float> features, std::span<const TimeInterval> intervals,
                          const TimeInterval& segment, std::size_t steps, PoolingCounts& counts) {
  const std::size_t width = intervals.empty() ? 0 : features.size() / intervals.size();
  std::vector<double> sums(steps * width);
  std::vector<std::size_t> finite(steps * width), vectors(steps);
  for (std::size_t i = 0; i < intervals.size(); ++i) {
    if (!holds(segment, intervals[i])) continue;
    const std::size_t part = partOf(segment, intervals[i], steps);
    ++vectors[part];
    for (std::size_t j = 0; j < width; ++j) {
      const float value = features[i * width + j];
      if (!std::isfinite(value)) continue;
      sums[part * width + j] += value;
      ++finite[part * width + j];
    }
  }
  const std::size_t all = std::accumulate(vectors.begin(), vectors.end(), std::size_t{0});
  if (all == 0) return {};
  counts.numbers += all * width;
  counts.notFinite += all * width - std::accumulate(finite.begin(), finite.end(), std::size_t{0});
  counts.parts += steps;
  counts.empty += static_cast<std::size_t>(std::count(vectors.begin(), vectors.end(), 0u));
  std::vector<float> means;
  for (std::size_t i = 0; i < sums.size(); ++i)
    means.push_back(finite[i] > 0 ? static_cast<float>(sums[i] / static_cast<double>(finite[i]))
                                  : std::numeric_limits<float>::quiet_NaN());
  return means;
}

}  // namespace modascope
