#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/imagefolder/picture.h"
#include "core/metrics/subset_table.h"
#include "core/problem/problem.h"

namespace modascope {

/// How far a prediction agrees with the truth of one picture.
struct PixelScores {
  double miou = 0;           ///< over the classes that the truth or the prediction has
  double pixelAccuracy = 0;  ///< of the pixels that count
  std::vector<double> iou;   ///< of each class; NaN where it is nowhere
};

/// The scores of one picture's subsets, gathered one by one.
class PictureScores {
 public:
  /// `truth` [H, W], classes or `kIgnored`.
  PictureScores(const Problem& problem, std::shared_ptr<const std::vector<std::uint8_t>> truth,
                Reference reference);

  PixelScores of(const LabelPicture& predicted) const;
  void add(ModalitySet set, const LabelPicture& predicted);
  bool has(ModalitySet set) const;
  /// Subsets without scores have no case; classes that are nowhere have no column.
  SubsetTable table() const;
  Reference reference() const { return reference_; }

 private:
  std::vector<double> scoresOf(const LabelPicture& predicted) const;

  Problem problem_;
  std::shared_ptr<const std::vector<std::uint8_t>> truth_;
  Reference reference_;
  std::vector<SubsetTable::Row> rows_;
};

}  // namespace modascope
