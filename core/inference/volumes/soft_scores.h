#pragma once

#include <map>

#include "core/data/case.h"
#include "core/inference/volumes/segmenter.h"
#include "core/metrics/soft_dice.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// Soft Dice of every subset, pooled over cases, on the cube in the middle of each case as the
/// network sees it: the number that the papers' released script prints. Flattering where the cube
/// leaves out what the network gets wrong; the headline is hard Dice.
class SoftScores {
 public:
  /// `crop` voxels along each axis of the network's grid, fewer where the case is smaller.
  SoftScores(ModalitySchema schema, RegionSchema regions, std::int64_t crop);

  void add(const LabelledPatient& patient, const CasePrediction& prediction);
  SubsetTable table() const;

 private:
  struct Pool {
    SoftDicePool dice;
    int cases = 0;
  };
  ModalitySchema schema_;
  RegionSchema regions_;
  std::int64_t crop_;
  std::map<ModalitySet, Pool> pools_;
};

}  // namespace modascope
