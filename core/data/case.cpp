#include "core/data/case.h"

#include <algorithm>
#include <future>

#include "core/base/error.h"
#include "core/cohort/case_inspection.h"
#include "core/cohort/placement.h"
#include "core/cohort/voxel_look.h"
#include "core/volume/resample.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace {

/// All files of the case, read at the same time.
struct Reading {
  std::vector<std::optional<std::future<ReadResult<float>>>> modalities;
  std::optional<std::future<SegmentationFile>> labels;
};

void requireReadable(Presence presence, const std::string& id, const std::filesystem::path& file) {
  if (presence != Presence::Unreadable) return;
  throw Error("The case " + id + " cannot be used: " + file.string() +
              " could not be read; `modascope check` says why.");
}

Reading startReading(const CaseInfo& info) {
  Reading reading;
  for (const ModalityFile& file : info.modalities) {
    requireReadable(file.presence, info.id, file.file);
  }
  for (const ModalityFile& file : info.modalities) {
    auto& slot = reading.modalities.emplace_back();
    if (file.presence == Presence::Present) {
      slot = std::async(std::launch::async, readComponent, file.file, file.component);
    }
  }
  if (info.segmentationPresence == Presence::Present) {
    reading.labels = std::async(std::launch::async, readSegmentationOf, info);
  }
  return reading;
}

void addNotes(std::vector<std::string>& notes, const std::vector<std::string>& more) {
  for (const std::string& note : more) {
    if (std::find(notes.begin(), notes.end(), note) == notes.end()) notes.push_back(note);
  }
}

/// Puts files of any geometry onto the case's grid, with a note where that moved voxels.
class Aligner {
 public:
  Aligner(const VoxelGrid& source, std::string referenceName)
      : source_(source), target_(reorientedGrid(source)), name_(std::move(referenceName)) {}

  const VoxelGrid& grid() const { return target_; }

  template <typename T, typename Resample>
  GridVolume<T> align(GridVolume<T> volume, const std::filesystem::path& file, Resample resample,
                      std::vector<std::string>& notes) const {
    const auto note = placementNote(file.filename().string(), volume.grid, name_, source_);
    if (note) addNotes(notes, {*note});
    if (!volume.grid.matches(target_)) return resample(volume, target_);
    volume.grid = target_;
    return volume;
  }

 private:
  VoxelGrid source_;
  VoxelGrid target_;
  std::string name_;
};

/// Fills in the labels. Throws `Error` when they cannot be used.
void takeLabels(Case& result, SegmentationFile read, const std::filesystem::path& file,
                const Aligner& aligner) {
  addNotes(result.notes, read.notes);
  if (!read.profileNote.empty()) addNotes(result.notes, {read.profileNote});
  result.profile = read.profile;
  std::vector<std::string> notes;
  const LabelVolume own = read.volume;
  LabelVolume placed = aligner.align(std::move(read.volume), file, resampleLabels, notes);
  addNotes(result.notes, notes);
  if (const auto why = whyNotInside(file.filename().string(), own, placed)) throw Error(*why);
  result.labels = std::move(placed);
}

/// The images do without a segmentation that is not what it should be.
void readLabelsInto(Case& result, const CaseInfo& info,
                    std::optional<std::future<SegmentationFile>>& reading, const Aligner& aligner) {
  if (info.segmentationPresence == Presence::Absent) return;
  try {
    if (!reading)
      throw Error(
          inQuotes(info.segmentation) + " could not be read" +
          (info.notes.empty() ? "; `modascope check` says why." : ": " + info.notes.back()));
    takeLabels(result, reading->get(), info.segmentation, aligner);
  } catch (const Error& error) {
    if (error.fault() == Fault::System) throw;
    result.whyUnlabelled = error.what();
    addNotes(result.notes, {result.whyUnlabelled});
  }
}

}  // namespace

std::optional<ModalitySet> Case::available() const {
  std::uint8_t bits = 0;
  for (std::size_t i = 0; i < modalities.size(); ++i) {
    if (modalities[i]) bits |= static_cast<std::uint8_t>(1u << i);
  }
  return ModalitySet::fromBits(bits);
}

Case readCase(const CaseInfo& info) {
  Case result;
  result.id = info.id;
  result.profile = info.profile;
  result.regions = info.regions;
  result.modalities.resize(info.modalities.size());
  Reading reading = startReading(info);
  std::optional<Aligner> aligner;
  for (std::size_t i = 0; i < info.modalities.size(); ++i) {
    if (!reading.modalities[i]) continue;
    ReadResult<float> read = reading.modalities[i]->get();
    const std::filesystem::path& file = info.modalities[i].file;
    addNotes(result.notes, read.notes);
    if (!aligner) {
      result.sourceGrid = read.volume.grid;
      result.sourceSpace = read.space;
      aligner.emplace(read.volume.grid, file.filename().string());
      result.grid = aligner->grid();
    }
    result.modalities[i] =
        aligner->align(std::move(read.volume), file, resampleImage, result.notes);
  }
  if (!aligner) throw Error("The case " + info.id + " has no modality.");
  readLabelsInto(result, info, reading.labels, *aligner);
  return result;
}

LabelledPatient::LabelledPatient(Case patient) : patient_(std::move(patient)) {
  if (patient_.labels) return;
  throw Error(patient_.whyUnlabelled.empty()
                  ? "The case " + patient_.id + " has no segmentation."
                  : "The case " + patient_.id + " cannot be used: " + patient_.whyUnlabelled);
}

}  // namespace modascope
