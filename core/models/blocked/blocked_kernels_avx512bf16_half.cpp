#include <algorithm>
#include <cstdint>
#include <vector>

#include "core/models/blocked/blocked_kernels.h"

#ifdef MODASCOPE_X86_KERNELS
#include <immintrin.h>
#pragma GCC push_options
#pragma GCC target("avx2,fma,avx512f,avx512bw,avx512vl,avx512bf16")
namespace {
constexpr int kLanes = 8;
constexpr int kAccumulators = 24;  // registers left for sums
}  // namespace
#include "core/models/blocked/blocked_vector_body.h"

namespace modascope {
namespace {

MODASCOPE_INLINE Vec addProducts(Vec sum, Pairs a, Pairs b) {
  return _mm256_dpbf16_ps(sum, reinterpret_cast<__m256bh>(a), reinterpret_cast<__m256bh>(b));
}

/// Lane by lane.
MODASCOPE_INLINE Pairs joined(Vec first, Vec second) {
  const auto halves = reinterpret_cast<__m256i>(_mm256_cvtne2ps_pbh(second, first));
  const __m256i order = _mm256_set_epi16(15, 7, 14, 6, 13, 5, 12, 4, 11, 3, 10, 2, 9, 1, 8, 0);
  return reinterpret_cast<Pairs>(_mm256_permutexvar_epi16(order, halves));
}

/// Neighbours become pairs; so many vectors, and half as many after.
MODASCOPE_INLINE void shorten(const float* from, std::int64_t vectors, Pair* to) {
  for (std::int64_t i = 0; i < vectors; ++i)
    _mm_storeu_si128(reinterpret_cast<__m128i*>(to + i * kLanes / 2),
                     reinterpret_cast<__m128i>(_mm256_cvtneps_pbh(load(from + i * kLanes))));
}

}  // namespace
}  // namespace modascope
#include "core/models/blocked/blocked_bfloat16_body.h"
#pragma GCC pop_options

namespace modascope {

const BlockedKernels& avx512HalfBFloat16Kernels() {
  return kernelsOf(Precision::BFloat16);
}

}  // namespace modascope
#endif
