#pragma once

#include <cstdint>
#include <filesystem>

#include "core/data/case.h"

namespace modascope {

/// What a made-up cohort shows: brain tumours as BraTS has them, or see phantom_prostate.h.
enum class PhantomOrgan { Brain, Prostate };

/// A made-up cohort: heads with grey and white matter, CSF and a tumour, whose four modalities
/// have the contrasts that physics gives them (FLAIR shows oedema, T1ce the rim, T1 little, T2
/// both), so that modality dominance really arises.
struct PhantomOptions {
  int cases = 8;
  int size = 64;         ///< voxels along each axis, 16…256
  double spacing = 2.5;  ///< mm, so that 64 voxels span a head
  std::uint64_t seed = 1;
  PhantomOrgan organ = PhantomOrgan::Brain;
};

/// Case `index` of the cohort; depends on seed, size, spacing and index alone.
Case makePhantom(const PhantomOptions& options, int index);
/// "Phantom_001"
std::string phantomId(int index);
/// Writes the cohort as BraTS-named NIfTI with a split.json, and of another organ a problem.toml.
/// Throws `Error` if `folder` holds anything already: nothing is overwritten.
void writePhantomCohort(const PhantomOptions& options, const std::filesystem::path& folder);
/// The cohort as `openCohort` would describe it, for use without files.
Cohort phantomCohort(const PhantomOptions& options);

}  // namespace modascope
