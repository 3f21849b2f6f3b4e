#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/models/blocked/blocked_kernels.h"

namespace {
constexpr int kLanes = 8;
constexpr int kAccumulators = 6;  // registers left for sums
}  // namespace
#include "core/models/blocked/blocked_emulated_body.h"

namespace modascope {

const BlockedKernels& plainKernels(Precision precision) {
  return kernelsOf(precision);
}

}  // namespace modascope
