#include "core/featurefile/csd_file.h"

#include <algorithm>
#include <utility>

#include "core/base/error.h"
#include "core/featurefile/feature_layout.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

/// The only group of the file that holds data.
std::string sequenceName(const Hdf5File& file) {
  for (const std::string& name : file.members("/")) {
    if (file.hasGroup("/" + name + "/data")) return name;
  }
  throw Error(inQuotes(file.file()) +
              " is no computational sequence; a group of its name with the group \"data\" inside "
              "is expected.");
}

void requireRank2(const Hdf5File& file, const std::string& path, const Hdf5DataSet& set,
                  std::size_t columns) {
  const bool fits = set.rank() == 2 && (columns == 0 || set.shape[1] == columns);
  if (fits && set.shape[1] > 0) return;
  throw Error(inQuotes(file.file()) + ": " + path + " has the shape " + textOf(set.shape) +
              "; [vectors, " + (columns == 0 ? "numbers" : std::to_string(columns)) +
              "] is expected.");
}

}  // namespace

CsdFile::CsdFile(const fs::path& file, std::stop_token stop)
    : file_(file, std::move(stop)), name_(sequenceName(file_)) {
  videos_ = file_.members("/" + name_ + "/data");
  if (videos_.empty()) throw Error(inQuotes(file) + " holds no video.");
  const std::string first = pathOf(videos_.front(), "features");
  const Hdf5DataSet set = file_.describe(first);
  requireRank2(file_, first, set, 0);
  text_ = set.kind == Hdf5Kind::Text;
  width_ = set.shape[1];
}

bool CsdFile::has(const std::string& video) const {
  return std::binary_search(videos_.begin(), videos_.end(), video);
}

std::string CsdFile::pathOf(const std::string& video, const char* part) const {
  return "/" + name_ + "/data/" + video + "/" + part;
}

Hdf5DataSet CsdFile::describeFeatures(const std::string& video) const {
  const std::string path = pathOf(video, "features");
  Hdf5DataSet set = file_.describe(path);
  requireRank2(file_, path, set, width_);
  if (set.kind == Hdf5Kind::Other || (set.kind == Hdf5Kind::Text) != text_)
    throw Error(inQuotes(file()) + ": " + path + " holds " + wordsFor(set) + "; " +
                (text_ ? "text is" : "numbers are") + " expected.");
  if (!set.fault.empty()) throw Error(set.fault);
  return set;
}

std::vector<TimeInterval> CsdFile::intervals(const std::string& video) const {
  const std::string path = pathOf(video, "intervals");
  const Hdf5DataSet set = file_.describe(path);
  requireRank2(file_, path, set, 2);
  const std::size_t vectors = describeFeatures(video).rows();
  if (set.rows() != vectors) {
    throw Error(inQuotes(file()) + ": " + path + " has " + std::to_string(set.rows()) +
                " intervals, " + pathOf(video, "features") + " " + std::to_string(vectors) +
                " vectors; one interval a vector is expected.");
  }
  const std::vector<float> numbers = file_.floats(path);
  std::vector<TimeInterval> intervals;
  for (std::size_t i = 0; i + 1 < numbers.size(); i += 2)
    intervals.push_back({numbers[i], numbers[i + 1]});
  return intervals;
}

std::vector<float> CsdFile::features(const std::string& video) const {
  describeFeatures(video);
  return file_.floats(pathOf(video, "features"));
}

std::vector<std::string> CsdFile::words(const std::string& video) const {
  describeFeatures(video);
  std::vector<std::string> words;
  const std::vector<std::string> all = file_.strings(pathOf(video, "features"));
  for (std::size_t i = 0; i < all.size(); i += std::max<std::size_t>(1, width_)) {
    words.push_back(all[i]);
  }
  return words;
}

}  // namespace modascope
