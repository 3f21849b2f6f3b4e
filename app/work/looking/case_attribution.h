#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/work/trained_run.h"
#include "core/metrics/attribution.h"

namespace modascope {

/// What is asked of a run about one case.
struct RegionQuestion {
  ModalitySet set;  ///< that the network sees; the case has all of it
  Region region;
  std::string layer = {};  ///< empty: `defaultAttributionLayer`
};

/// "prediction" or "attribution", windows done and to do.
using AttributionProgress = std::function<void(const char* what, int done, int total)>;

/// Predicts the case and asks which modality decides (core/attribution/attribute.h). Nothing when
/// stopped. Throws `Error` on an unknown layer and when no voxel was predicted as the region.
std::optional<Attribution> attributeRegion(const TrainedRun& run, const Case& patient,
                                           const RegionQuestion& question,
                                           std::stop_token stop = {},
                                           const AttributionProgress& progress = {});

/// Where an attribution comes from.
struct AttributionSource {
  std::string caseId;
  std::filesystem::path run;
  std::string network;    ///< "ds-norm"
  std::int64_t step = 0;  ///< of the checkpoint
  bool trainedOn = false;
  std::optional<Ball> within = {};  ///< where somebody picked the voxels
};
AttributionSource sourceOf(const TrainedRun& run, const std::string& caseId);

/// What the maps' files are called in their folder.
std::string mapFileName(const Attribution& attribution, std::size_t index);  // "map_t1.nii.gz"
inline constexpr const char* kDominanceFile = "dominance.nii.gz";
inline constexpr const char* kMarginFile = "margin.nii.gz";
inline constexpr const char* kAttributionFile = "attribution.json";

/// The facts in sentences: what, the shares, the removals, where they disagree.
std::vector<std::string> attributionWords(const Attribution& attribution,
                                          const AttributionSource& source);
/// The same as one line of JSON, without voxels.
std::string attributionJson(const Attribution& attribution, const AttributionSource& source);

/// Makes the folder, or takes it if it is empty. Throws `Error` when it is not, or cannot be
/// written to.
void requireOutputFolder(const std::filesystem::path& folder);
/// One NIfTI map a modality, the strongest modality's number and its margin, all in the space of
/// the patient's own files (a permutation of the maps' grid: no value changes), and the JSON.
void writeAttribution(const std::filesystem::path& folder, const Attribution& attribution,
                      const AttributionSource& source, const Case& patient);

}  // namespace modascope
