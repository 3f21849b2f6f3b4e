#include "core/dicom/dicom_series.h"

#include <map>
#include <set>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/dicom/slice_stack.h"
#include "core/files/leftover_files.h"
#include "core/files/paths.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// What lies in a folder.
struct Found {
  std::vector<SliceHeader> slices;
  std::set<std::string> others;  ///< kinds of DICOM that are no slices
};

Found look(const fs::path& folder) {
  if (!isFolder(folder))
    throw Error(inQuotes(folder) + " is no folder; expected the folder of a DICOM series.");
  Found found;
  for (const fs::path& file : entriesOf(folder)) {
    if (isLeftover(file) || !isFile(file)) continue;
    DicomFile one = readDicomFile(file);
    if (one.slice) found.slices.push_back(std::move(*one.slice));
    if (!one.kind.empty()) found.others.insert(one.kind);
  }
  return found;
}

void requireSlices(const fs::path& folder, const Found& found) {
  if (!found.slices.empty()) return;
  const std::string name = inQuotes(folder);
  if (found.others.empty())
    throw Error("No DICOM file lies in " + name +
                "; expected the slices of one MR, CT or PET series directly in it.");
  throw Error("No single slices of MR, CT or PET lie in " + name + ", but " +
              joined({found.others.begin(), found.others.end()}) +
              "; files of many frames are not read.");
}

void requireOneSeries(const fs::path& folder, const std::vector<SliceHeader>& slices) {
  std::map<std::string, std::pair<std::string, int>> series;  // by UID: what it is called, slices
  for (const SliceHeader& slice : slices) {
    auto& [words, count] = series[slice.series];
    words = slice.description.empty() ? slice.modality : inQuotes(slice.description);
    ++count;
  }
  if (series.size() == 1) return;
  constexpr std::size_t kMostNamed = 8;
  std::vector<std::string> names;
  for (const auto& [uid, one] : series)
    if (names.size() < kMostNamed)
      names.push_back(one.first + " (" + std::to_string(one.second) +
                      (one.second == 1 ? " slice)" : " slices)"));
  if (series.size() > kMostNamed) names.emplace_back("…");
  throw Error("Slices of " + std::to_string(series.size()) + " series lie in " + inQuotes(folder) +
              ": " + joined(names) + "; put the one that is meant into a folder of its own.");
}

}  // namespace

DicomSeries readDicomSeries(const fs::path& folder) {
  Found found = look(folder);
  requireSlices(folder, found);
  requireOneSeries(folder, found.slices);
  DicomSeries series;
  series.folder = folder;
  series.grid = stackSlices(found.slices);
  for (const SliceHeader& slice : found.slices)
    series.slices.push_back({slice.file, slice.sopClass, slice.sopInstance});
  const SliceHeader& first = found.slices.front();
  series.study = first.study;
  series.series = first.series;
  series.frameOfReference = first.frameOfReference;
  series.modality = first.modality;
  series.description = first.description;
  return series;
}

}  // namespace modascope
