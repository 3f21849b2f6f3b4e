#include "core/cohort/voxel_look.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "core/base/error.h"
#include "core/cohort/case_inspection.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

/// A box along the axes of a grid, in its continuous voxel indices.
struct IndexBox {
  Vec3 low{std::numeric_limits<double>::max(), std::numeric_limits<double>::max(),
           std::numeric_limits<double>::max()};
  Vec3 high{std::numeric_limits<double>::lowest(), std::numeric_limits<double>::lowest(),
            std::numeric_limits<double>::lowest()};

  bool isEmpty() const { return low[0] > high[0]; }
  void add(const Vec3& at) {
    for (std::size_t a = 0; a < 3; ++a) {
      low[a] = std::min(low[a], at[a]);
      high[a] = std::max(high[a], at[a]);
    }
  }
  bool holds(const Vec3& at) const {
    for (std::size_t a = 0; a < 3; ++a)
      if (at[a] < low[a] - 0.5 || at[a] > high[a] + 0.5) return false;
    return true;
  }
};

/// Calls `use` with the index of every voxel that is not 0.
template <typename T, typename Use>
void forEachMarked(const GridVolume<T>& volume, Use use) {
  std::size_t i = 0;
  for (std::int64_t z = 0; z < volume.grid.size[2]; ++z)
    for (std::int64_t y = 0; y < volume.grid.size[1]; ++y)
      for (std::int64_t x = 0; x < volume.grid.size[0]; ++x, ++i)
        if (volume.voxels[i] != 0)
          use(Vec3{static_cast<double>(x), static_cast<double>(y), static_cast<double>(z)});
}

/// Where on `grid` lies what the volume shows: the hull of its own box's corners.
void addShown(IndexBox& box, const Volume& volume, const VoxelGrid& grid) {
  IndexBox own;
  forEachMarked(volume, [&](const Vec3& at) { own.add(at); });
  if (own.isEmpty()) return;
  for (unsigned corner = 0; corner < 8; ++corner) {
    Vec3 at{};
    for (std::size_t a = 0; a < 3; ++a) at[a] = (corner >> a & 1u) != 0 ? own.high[a] : own.low[a];
    box.add(grid.toIndex(volume.grid.toWorld(at)));
  }
}

bool marksSomething(const LabelVolume& labels) {
  return std::any_of(labels.voxels.begin(), labels.voxels.end(), [](auto v) { return v != 0; });
}

/// Part of what is marked that lies in the box on `grid`.
double partInside(const LabelVolume& own, const VoxelGrid& grid, const IndexBox& box) {
  std::size_t marked = 0, inside = 0;
  forEachMarked(own, [&](const Vec3& at) {
    ++marked;
    if (box.holds(grid.toIndex(own.grid.toWorld(at)))) ++inside;
  });
  return marked == 0 ? 1 : static_cast<double>(inside) / static_cast<double>(marked);
}

/// One look at one case.
class VoxelLook {
 public:
  explicit VoxelLook(const CaseInfo& headers)
      : info_(headers), excludedBefore_(!headers.usable()) {}

  CaseInfo run(const std::stop_token& stop) {
    for (ModalityFile& file : info_.modalities)
      if (file.presence == Presence::Present && !stop.stop_requested()) lookAt(file);
    if (info_.segmentationPresence == Presence::Present && !stop.stop_requested())
      lookAtSegmentation();
    if (reasons_.empty()) return info_;
    info_.verdict = Verdict::Excluded;
    const auto place =
        excludedBefore_ && !info_.notes.empty() ? info_.notes.end() - 1 : info_.notes.end();
    info_.notes.insert(place, reasons_.begin(), reasons_.end());
    return info_;
  }

 private:
  bool isSaid(const std::string& note) const {
    const auto holds = [&](const std::vector<std::string>& notes) {
      return std::find(notes.begin(), notes.end(), note) != notes.end();
    };
    return holds(info_.notes) || holds(reasons_);
  }

  void warn(const std::string& note) {
    if (isSaid(note)) return;
    if (excludedBefore_) {
      info_.notes.insert(info_.notes.begin(), note);
      return;
    }
    info_.notes.push_back(note);
    info_.verdict = Verdict::Warn;
  }

  void exclude(const std::string& reason) {
    if (!isSaid(reason)) reasons_.push_back(reason);
  }

  /// What `read` throws of the file becomes the reason.
  template <typename Read>
  void guarded(Presence& presence, Read read) {
    try {
      read();
    } catch (const Error& error) {
      if (error.fault() == Fault::System) throw;
      presence = Presence::Unreadable;
      exclude(error.what());
    }
  }

  void lookAt(ModalityFile& file) {
    guarded(file.presence, [&] {
      const ReadResult<float> read = readComponent(file.file, file.component);
      for (const std::string& note : read.notes) warn(note);
      if (!grid_) grid_ = reorientedGrid(read.volume.grid);
      addShown(shown_, read.volume, *grid_);
    });
  }

  void lookAtSegmentation() {
    guarded(info_.segmentationPresence, [&] {
      const SegmentationFile read = readSegmentationOf(info_);
      info_.profile = read.profile;
      for (const std::string& note : read.notes) warn(note);
      if (!read.profileNote.empty()) warn(read.profileNote);
      if (grid_) place(read.volume);
    });
  }

  void place(const LabelVolume& own) {
    const std::string name = info_.segmentation.filename().string();
    const LabelVolume placed = own.grid.matches(*grid_) ? own : resampleLabels(own, *grid_);
    if (const auto why = whyNotInside(name, own, placed)) throw Error(*why);
    if (shown_.isEmpty()) return;
    const double part = partInside(own, *grid_, shown_);
    if (part == 0)
      throw Error("Nothing that " + name +
                  " marks lies where the images show anything but 0: check that they are of the "
                  "same patient and in the same space.");
    if (part < 0.9) warn(partWords(name, part));
  }

  static std::string partWords(const std::string& name, double part) {
    std::array<char, 16> percent{};
    std::snprintf(percent.data(), percent.size(), "%.0f %%", 100 * part);
    return "Only " + std::string(percent.data()) + " of what " + name +
           " marks lies where the images show anything but 0.";
  }

  CaseInfo info_;
  bool excludedBefore_;
  std::vector<std::string> reasons_;
  std::optional<VoxelGrid> grid_;  ///< of the case, as it is trained on
  IndexBox shown_;                 ///< where any modality is not 0
};

}  // namespace

CaseInfo lookAtVoxels(const CaseInfo& headers, const std::stop_token& stop) {
  return VoxelLook(headers).run(stop);
}

std::optional<std::string> whyNotInside(const std::string& name, const LabelVolume& own,
                                        const LabelVolume& placed) {
  if (!marksSomething(own) || marksSomething(placed)) return std::nullopt;
  return "Nothing that " + name +
         " marks lies inside the images, so the segmentation is left out: check that both are in "
         "the same space.";
}

}  // namespace modascope
