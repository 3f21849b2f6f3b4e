#pragma once

#include <map>
#include <vector>

#include "core/metrics/subset_table.h"
#include "core/problem/problem.h"

namespace modascope {

/// How far a prediction agrees with the truth of one picture.
struct PixelScores {
  double miou = 0;           ///< over the classes that the truth or the prediction has
  double pixelAccuracy = 0;  ///< of the pixels that count
  std::vector<double> iou;   ///< of each class; NaN where it is nowhere
};

/// Of a subset's row in a picture's table.
PixelScores pixelScoresOf(const SubsetTable::Row& row);
/// The table of one picture. Subsets without a row have no case; classes that are nowhere have no
/// column.
SubsetTable pictureTable(const Problem& problem,
                         const std::map<ModalitySet, SubsetTable::Row>& rows, Reference reference);

}  // namespace modascope
