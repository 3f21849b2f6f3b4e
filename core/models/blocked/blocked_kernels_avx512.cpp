#include <algorithm>
#include <bit>
#include <cstdint>
#include <vector>

#include "core/models/blocked/blocked_kernels.h"

#ifdef MODASCOPE_X86_KERNELS
#pragma GCC push_options
#pragma GCC target("avx512f")
namespace {
constexpr int kLanes = 16;
constexpr int kAccumulators = 24;  // registers left for sums
}  // namespace
#include "core/models/blocked/blocked_emulated_body.h"
#pragma GCC pop_options

namespace modascope {

const BlockedKernels& avx512Kernels(Precision precision) {
  return kernelsOf(precision);
}

}  // namespace modascope
#endif
