#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/models/blocked/blocked_kernels.h"

#ifdef MODASCOPE_X86_KERNELS
#include <immintrin.h>
#pragma GCC push_options
#pragma GCC target("avx512f,avx512bw,avx512vl,avx512bf16")
namespace {
constexpr int kLanes = 16;
constexpr int kAccumulators = 24;  // registers left for sums
}  // namespace
#include "core/models/blocked/blocked_vector_body.h"

namespace modascope {
namespace {

MODASCOPE_INLINE Vec addProducts(Vec sum, Pairs a, Pairs b) {
  return _mm512_dpbf16_ps(sum, reinterpret_cast<__m512bh>(a), reinterpret_cast<__m512bh>(b));
}

/// Lane by lane.
MODASCOPE_INLINE Pairs joined(Vec first, Vec second) {
  const auto halves = reinterpret_cast<__m512i>(_mm512_cvtne2ps_pbh(second, first));
  const __m512i order = _mm512_set_epi16(31, 15, 30, 14, 29, 13, 28, 12, 27, 11, 26, 10, 25, 9, 24,
                                         8, 23, 7, 22, 6, 21, 5, 20, 4, 19, 3, 18, 2, 17, 1, 16, 0);
  return reinterpret_cast<Pairs>(_mm512_permutexvar_epi16(order, halves));
}

/// Neighbours become pairs; so many vectors, and half as many after.
MODASCOPE_INLINE void shorten(const float* from, std::int64_t vectors, Pair* to) {
  for (std::int64_t i = 0; i < vectors; ++i)
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(to + i * kLanes / 2),
                        reinterpret_cast<__m256i>(_mm512_cvtneps_pbh(load(from + i * kLanes))));
}

}  // namespace
}  // namespace modascope
#include "core/models/blocked/blocked_bfloat16_body.h"
#pragma GCC pop_options

namespace modascope {

const BlockedKernels& avx512BFloat16Kernels() {
  return kernelsOf(Precision::BFloat16);
}

}  // namespace modascope
#endif
