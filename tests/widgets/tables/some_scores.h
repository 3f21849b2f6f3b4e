#pragma once

#include "core/metrics/subset_table.h"
#include "core/problem/brats.h"

namespace modascope::testing {

inline const ModalitySet kT1(ModalityId(0));
inline const ModalitySet kFlair(ModalityId(3));
inline const ModalitySet kBoth = kT1.with(ModalityId(3));

/// Dice of two regions, of three sets; FLAIR alone over fewer cases.
inline SubsetTable someScores() {
  SubsetTable table{bratsModalities(), {"wt", "et"}, {}};
  table.rows = {{kBoth, {0.9, 0.5}, 3}, {kT1, {0.3, 0.2}, 3}, {kFlair, {0.6, 0.8}, 2}};
  return table;
}

}  // namespace modascope::testing
