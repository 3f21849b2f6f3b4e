#pragma once

#include <string>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// Printed under every table of Dice.
inline constexpr const char* kEmptyRegionRule =
    "Hard Dice per case on the uncropped volume at threshold 0.5; a region that is empty in both "
    "prediction and truth scores 1, in one of them 0.";

/// Dice per subset of modalities (rows) and region (columns).
struct SubsetTable {
  struct Row {
    ModalitySet set;
    std::vector<double> dice;  ///< one per region, mean over `cases`
    int cases = 0;             ///< that have all modalities of the set
  };

  ModalitySchema schema = ModalitySchema::brats();
  std::vector<std::string> regions;  ///< {"wt", "tc", "et"}
  std::vector<Row> rows;

  /// Mean over the rows with at least one case, one per region.
  std::vector<double> mean() const;
};

/// Mean of each cell over several tables of one schema, weighted by their numbers of cases.
SubsetTable pooled(const std::vector<SubsetTable>& tables);

}  // namespace modascope
