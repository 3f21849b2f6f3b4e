#pragma once

// Vectors of kLanes floats, or of as many pairs of bfloat16. Like the other *_body.h, compiled once
// for each instruction set: by the source file that names kLanes and kAccumulators first.
// Everything is local to that file, so that no instruction of a wider set can end up in what other
// files share.

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed within this file only

namespace modascope {
namespace {

typedef float Vec __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
#define MODASCOPE_INLINE inline __attribute__((always_inline))

/// Two bfloat16 side by side, the first in the low half.
typedef std::uint32_t Pair;
typedef Pair Pairs __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));

MODASCOPE_INLINE Vec load(const float* p) {
  return *reinterpret_cast<const Vec*>(p);
}
MODASCOPE_INLINE Pairs load(const Pair* p) {
  return *reinterpret_cast<const Pairs*>(p);
}
MODASCOPE_INLINE void store(float* p, Vec v) {
  *reinterpret_cast<Vec*>(p) = v;
}
MODASCOPE_INLINE void store(Pair* p, Pairs v) {
  *reinterpret_cast<Pairs*>(p) = v;
}
MODASCOPE_INLINE Vec all(float value) {
  return Vec{} + value;
}
MODASCOPE_INLINE Pairs all(Pair value) {
  return Pairs{} + value;
}
MODASCOPE_INLINE Vec addProducts(Vec sum, Vec a, Vec b) {
  return sum + a * b;
}

}  // namespace
}  // namespace modascope
