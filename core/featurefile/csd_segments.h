#pragma once

#include <set>
#include <span>
#include <string>
#include <vector>

#include "core/featurefile/csd_file.h"

namespace modascope {

/// A piece of a video with a label.
struct Segment {
  std::string id;
  std::string video;  ///< as the files name it
  TimeInterval interval;
  float label = 0;
};

/// Those of all videos that have a finite label and last some time, in the order of the videos.
std::vector<Segment> labelledSegments(const CsdFile& labels, std::vector<std::string>& notes);

struct VideoSplit {
  std::string name;
  std::set<std::string> videos;
};

/// By the folder's lists of videos, or by a hash of the videos' names. Throws `Error` when there is
/// nothing to train on.
std::vector<VideoSplit> videoSplits(const std::filesystem::path& folder,
                                    const std::vector<Segment>& segments,
                                    std::vector<std::string>& notes);
std::vector<Segment> segmentsIn(const std::vector<Segment>& all, const VideoSplit& split);

/// Whether the middle of a vector's interval lies in the segment.
bool holds(const TimeInterval& segment, const TimeInterval& vector);

/// What is said in each segment.
std::vector<std::string> transcripts(const CsdFile& words, const std::vector<Segment>& segments);

/// What became of the numbers of a modality on the way into the parts of segments.
struct PoolingCounts {
  std::size_t numbers = 0, notFinite = 0;  ///< of the vectors
  std::size_t parts = 0, empty = 0;        ///< of the segments; empty: without a vector
  std::size_t timeless = 0;                ///< vectors whose interval is not finite
};

/// The means [steps, width] of the finite ones of `features` [T, width] over equal parts of the
/// time of `segment`; NaN, which stands for the mean of training, where a part has none. Nothing if
/// no vector falls into the segment.
std::vector<float> pooled(std::span<const float> features, std::span<const TimeInterval> intervals,
                          const TimeInterval& segment, std::size_t steps, PoolingCounts& counts);

}  // namespace modascope
