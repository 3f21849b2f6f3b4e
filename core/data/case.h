#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/modality/modality.h"
#include "core/volume/labels.h"
#include "core/volume/nifti_geometry.h"
#include "core/volume/volume.h"

namespace modascope {

/// A patient in memory: every modality that is there and the segmentation, all on one grid whose
/// axes run closest to L, P, S.
struct Case {
  std::string id;
  VoxelGrid grid;
  std::vector<std::optional<Volume>> modalities;  ///< one per modality of the schema
  std::optional<LabelVolume> labels;              ///< values of `regions`
  std::string whyUnlabelled;  ///< a segmentation that is there and cannot be used; else empty
  VoxelGrid sourceGrid;       ///< the grid of the first modality's file, for writing results back
  std::optional<NiftiSpace> sourceSpace;  ///< how that file states it; nothing of a made-up case
  LabelProfile profile = LabelProfile::Stated;
  RegionSchema regions;  ///< whose labels the segmentation has
  std::vector<std::string> notes;

  /// Which modalities are there; nothing if none is.
  std::optional<ModalitySet> available() const;
};

/// Reads the files of a case. The first present modality gives the grid; a file with another
/// geometry is resampled onto it (labels by their largest share) with a note that names the file; a
/// segmentation that cannot be read, or that marks nothing inside the images, is left out with a
/// note. Throws `Error` when an image that is there cannot be read.
Case readCase(const CaseInfo& info);

/// A case whose segmentation is there: what is trained on and scored.
class LabelledPatient {
 public:
  /// Throws `Error`, naming the case and why, when it has no segmentation that can be used.
  explicit LabelledPatient(Case patient);

  const Case& patient() const { return patient_; }
  const LabelVolume& labels() const { return *patient_.labels; }

 private:
  Case patient_;
};

}  // namespace modascope
