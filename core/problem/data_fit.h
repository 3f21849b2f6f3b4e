#pragma once

#include <vector>

#include "core/problem/moments.h"

namespace modascope {

/// What is learnt of the training cases before a network is: how every case is brought to the scale
/// and the grid that it sees. The run's manifest keeps it.
struct DataFit {
  std::vector<double> spacing;   ///< mm of the training grid's axes; empty but for volumes
  std::vector<Moments> moments;  ///< of each modality; empty for volumes

  bool operator==(const DataFit&) const = default;
};

}  // namespace modascope
