#pragma once

#include <QRectF>
#include <functional>
#include <vector>

#include "core/metrics/subset_outputs.h"

namespace modascope {

inline constexpr double kSubsetDot = 8;  ///< of a mark, ●●○

/// What a network says from one subset, and where its mark lies.
struct StackedSubset {
  ModalitySet set = ModalitySet::firstOf(1);
  double value = 0;
  QRectF place;
};

/// Where marks may lie: in rows above `floor`, each over its value.
struct StackRoom {
  double floor = 0;
  std::size_t rows = 1;
  QSizeF mark;                            ///< with the gap around it
  std::function<double(double)> placeOf;  ///< x of a value
};

/// Each in the lowest row where it covers no other; those that find no room are left out.
std::vector<StackedSubset> stacked(const SubsetOutputs& outputs, const StackRoom& room);

}  // namespace modascope
