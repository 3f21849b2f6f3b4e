#pragma once

#include <cstddef>
#include <filesystem>
#include <stop_token>
#include <string>
#include <vector>

#include "core/hdf5/hdf5_file.h"

namespace modascope {

/// From when to when, in seconds.
struct TimeInterval {
  float start = 0;
  float end = 0;
  float middle() const { return (start + end) / 2; }
  float length() const { return end - start; }
};

/// A computational sequence of the CMU Multimodal SDK: /<name>/data/<video>/features [T, d] and
/// intervals [T, 2]. Any thread; every function throws `Error` naming the file and the data set.
class CsdFile {
 public:
  explicit CsdFile(const std::filesystem::path& file, std::stop_token stop = {});

  const std::filesystem::path& file() const { return file_.file(); }
  const std::string& name() const { return name_; }  ///< as the sequence calls itself
  const std::vector<std::string>& videos() const { return videos_; }
  bool has(const std::string& video) const;
  bool holdsText() const { return text_; }      ///< words rather than numbers
  std::size_t width() const { return width_; }  ///< d, the same for all videos

  /// Throws, too, where the features beside them are not as the first video's.
  std::vector<TimeInterval> intervals(const std::string& video) const;
  std::vector<float> features(const std::string& video) const;  ///< [T, d], row by row
  std::vector<std::string> words(const std::string& video) const;

 private:
  std::string pathOf(const std::string& video, const char* part) const;
  /// Those of the video, described and found to be as the first video's.
  Hdf5DataSet describeFeatures(const std::string& video) const;

  Hdf5File file_;
  std::string name_;
  std::vector<std::string> videos_;  ///< sorted
  bool text_ = false;
  std::size_t width_ = 0;
};

}  // namespace modascope
