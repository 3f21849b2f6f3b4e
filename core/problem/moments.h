#pragma once

#include <vector>

namespace modascope {

/// Mean and deviation of every number of a modality's vector (or of every channel), fitted on the
/// training split; x goes to the network as (x − mean) / deviation.
struct Moments {
  std::vector<float> mean;
  std::vector<float> deviation;
  bool operator==(const Moments&) const = default;
};

}  // namespace modascope
