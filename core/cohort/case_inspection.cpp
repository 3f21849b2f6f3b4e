#include "core/cohort/case_inspection.h"

#include <cmath>
#include <set>

#include "core/base/error.h"
#include "core/base/name_text.h"
#include "core/cohort/placement.h"
#include "core/problem/brats.h"

namespace modascope {
namespace {

/// Collects what is found; the reasons for exclusion come last.
class Inspector {
 public:
  explicit Inspector(const CaseFiles& files) : files_(files) {
    info_.id = textOfName(files.id);
    info_.modalities.resize(files.modalities.size());
    if (files.stated) {
      info_.profile = LabelProfile::Stated;
      info_.profileStated = true;
      info_.regions = files.stated->regions;
    } else {
      info_.profile = files.statedProfile.value_or(profileOf(files.scheme));
      info_.profileStated = files.statedProfile.has_value();
      info_.regions = bratsRegions();
    }
    info_.notes = files.remarks;
    for (const std::string& warning : files.warnings) warn(warning);
  }

  CaseInfo run() {
    for (std::size_t i = 0; i < files_.modalities.size(); ++i) {
      if (files_.modalities[i]) lookAtModality(*files_.modalities[i], info_.modalities[i]);
    }
    if (files_.segmentation) lookAtSegmentation(*files_.segmentation);
    if (!files_.problem.empty()) {
      reasons_.push_back(files_.problem);
    } else if (reasons_.empty() && !info_.available()) {
      reasons_.push_back("No modality is there.");
    }
    if (!reasons_.empty()) info_.verdict = Verdict::Excluded;
    info_.notes.insert(info_.notes.end(), reasons_.begin(), reasons_.end());
    return info_;
  }

 private:
  /// Components of one 4D file share its header's notes: each is said once.
  void warn(const std::string& note) {
    if (!said_.insert(note).second) return;
    info_.notes.push_back(note);
    info_.verdict = Verdict::Warn;
  }

  void exclude(const std::string& reason) {
    if (said_.insert(reason).second) reasons_.push_back(reason);
  }

  /// The limit of heads is BraTS's; whoever states a problem states the limit, too.
  void requireLength(const std::filesystem::path& file, const VoxelGrid& grid) const {
    const double longest = files_.stated ? files_.stated->longestMm : kWidestHead;
    const double length = lengthMm(grid);
    if (length <= longest * (1 + 1e-6)) return;
    throw Error(file.string() + " is " + std::to_string(std::lround(length)) +
                " mm long; at most " + std::to_string(std::lround(longest)) + " mm are expected" +
                (files_.stated ? ", see largest_mm in problem.toml."
                               : " of a head. A problem.toml can say otherwise."));
  }

  void place(const std::filesystem::path& file, const VoxelGrid& grid) {
    requireLength(file, grid);
    const std::string name = file.filename().string();
    if (!reference_) {
      reference_ = grid;
      referenceName_ = name;
      return;
    }
    const auto note = placementNote(name, grid, referenceName_, *reference_);
    if (!note) return;
    if (placementOf(grid, *reference_) == Placement::OtherOrder) {
      info_.notes.push_back(*note);
    } else {
      warn(*note);
    }
  }

  void lookAtModality(const CaseFiles::Source& source, ModalityFile& file) {
    file.file = source.file;
    file.component = source.component;
    try {
      const ImageHeader header = readHeader(source.file);
      if (header.components != 1 && !source.inFourD) {
        throw Error(source.file.string() + " holds " + std::to_string(header.components) +
                    " images in one (4D); expected one 3D image.");
      }
      for (const std::string& note : header.notes) warn(note);
      place(source.file, header.grid);
      file.presence = Presence::Present;
    } catch (const Error& error) {
      file.presence = Presence::Unreadable;
      exclude(error.what());
    }
  }

  void lookAtSegmentation(const std::filesystem::path& file) {
    info_.segmentation = file;
    try {
      const ImageHeader header = readHeader(file);
      if (header.components != 1) {
        throw Error(file.string() + " holds " + std::to_string(header.components) +
                    " images in one (4D); expected one segmentation.");
      }
      for (const std::string& note : header.notes) warn(note);
      place(file, header.grid);
      info_.segmentationPresence = Presence::Present;
    } catch (const Error& error) {
      info_.segmentationPresence = Presence::Unreadable;
      exclude(error.what());
    }
  }

  const CaseFiles& files_;
  CaseInfo info_;
  std::vector<std::string> reasons_;
  std::set<std::string> said_;
  std::optional<VoxelGrid> reference_;
  std::string referenceName_;
};

}  // namespace

CaseInfo inspect(const CaseFiles& files) {
  return Inspector(files).run();
}

SegmentationFile readSegmentationOf(const CaseInfo& info) {
  if (!info.profileStated) return readSegmentation(info.segmentation, info.profile);
  ReadResult<std::uint8_t> read = info.profile == LabelProfile::Stated
                                      ? readLabels(info.segmentation, info.regions)
                                      : readLabels(info.segmentation, info.profile);
  return {std::move(read.volume), info.profile, {}, std::move(read.notes)};
}

}  // namespace modascope
