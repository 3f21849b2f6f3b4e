#include "core/problem/score_column.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/lower_case.h"

namespace modascope {
namespace {

constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kLabels = {
    {{"accuracy", "Accuracy"},
     {"f1", "F1 (macro)"},
     {"corr", "Correlation"},
     {"mae", "MAE"},
     {"acc2", "Acc-2 (neg / not neg)"},
     {"f1_acc2", "F1 (neg / not neg)"},
     {"acc2_nonzero", "Acc-2 (neg / pos)"},
     {"f1_nonzero", "F1 (neg / pos)"},
     {"acc7", "Acc-7"},
     {"miou", "mIoU"},
     {"pixel_accuracy", "Pixel accuracy"}}};

constexpr std::string_view kClassIou = "iou_";

}  // namespace

ScoreColumn scoreColumn(std::string_view key) {
  const std::string name(key);
  const auto known = std::find_if(kLabels.begin(), kLabels.end(),
                                  [key](const auto& entry) { return entry.first == key; });
  if (known != kLabels.end()) {
    const std::string label(known->second);
    return {name, label, label, key != "mae"};
  }
  if (key.starts_with(kClassIou))
    return {name, "IoU " + name.substr(kClassIou.size()), "IoU", true};
  return {"dice_" + name, upperCase(name), "Dice", true};
}

}  // namespace modascope
