#pragma once

#include <string>
#include <string_view>

namespace modascope {

/// How a column of scores reads. Its key is a region's (then it is Dice), or one of
///   accuracy, f1 (macro)                                    of classes
///   corr, mae, acc2, f1_acc2, acc2_nonzero, f1_nonzero, acc7  of numbers, the latter of sentiment
///   miou, pixel_accuracy, iou_<class>                       of pixels
struct ScoreColumn {
  std::string name;     ///< "dice_wt", "accuracy": in files
  std::string label;    ///< "WT", "Accuracy": for people
  std::string measure;  ///< "Dice", "Accuracy"
  bool largerIsBetter = true;
};
ScoreColumn scoreColumn(std::string_view key);

}  // namespace modascope
