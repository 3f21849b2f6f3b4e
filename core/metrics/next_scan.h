#pragma once

#include <vector>

#include "core/metrics/subset_table.h"

namespace modascope {

/// What one modality is worth beside others.
struct Worth {
  ModalityId modality;
  std::vector<double> scores;  ///< with it minus without it, one per column
  double mean = 0;             ///< over the columns
};

/// Of the modalities that `set` leaves out, what each would add to it; the best first. Those of
/// which the table has no case are not named.
std::vector<Worth> worthOfAdding(const SubsetTable& table, ModalitySet set);
/// What each modality of `set` is worth beside the others; the most needed first.
std::vector<Worth> worthOfKeeping(const SubsetTable& table, ModalitySet set);

/// Without the columns of regions that are empty in what is compared with: they give no advice, as
/// one voxel more or less is all of their score.
SubsetTable withoutEmptyRegions(const SubsetTable& all);

}  // namespace modascope
