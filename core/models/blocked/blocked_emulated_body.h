#pragma once

// All kernels, with pairs of bfloat16 for processors that do not know them; see
// blocked_vector_body.h.

#include <bit>

#include "core/models/blocked/blocked_vector_body.h"

namespace modascope {
namespace {

/// To the nearest, ties to even; NaN stays NaN.
MODASCOPE_INLINE Pair bfloat16(float value) {
  const Pair bits = std::bit_cast<Pair>(value);
  if (value != value) return bits >> 16 | 0x40;
  return (bits + 0x7fff + (bits >> 16 & 1)) >> 16;
}

MODASCOPE_INLINE Vec firstOf(Pairs pairs) {
  return reinterpret_cast<Vec>(pairs << 16);
}
MODASCOPE_INLINE Vec secondOf(Pairs pairs) {
  return reinterpret_cast<Vec>(pairs & 0xffff0000);
}

MODASCOPE_INLINE Vec addProducts(Vec sum, Pairs a, Pairs b) {
  return sum + secondOf(a) * secondOf(b) + firstOf(a) * firstOf(b);
}

/// Lane by lane.
MODASCOPE_INLINE Pairs joined(Vec first, Vec second) {
  Pairs pairs{};
  for (int c = 0; c < kLanes; ++c) pairs[c] = bfloat16(first[c]) | bfloat16(second[c]) << 16;
  return pairs;
}

/// Neighbours become pairs; so many vectors, and half as many after.
MODASCOPE_INLINE void shorten(const float* from, std::int64_t vectors, Pair* to) {
  for (std::int64_t i = 0; i < vectors * kLanes / 2; ++i)
    to[i] = bfloat16(from[2 * i]) | bfloat16(from[2 * i + 1]) << 16;
}

}  // namespace
}  // namespace modascope

#include "core/models/blocked/blocked_bfloat16_body.h"
