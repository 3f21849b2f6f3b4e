#pragma once

// Vectors of kLanes floats. Like the other *_body.h, compiled once for each instruction set: by the
// source file that names kLanes and kAccumulators first. Everything is local to that file,
// so that no instruction of a wider set can end up in what other files share.

#pragma GCC diagnostic ignored "-Wpsabi"  // vectors are passed within this file only

namespace modascope {
namespace {

typedef float Vec __attribute__((vector_size(4 * kLanes), aligned(4), may_alias));
#define MODASCOPE_INLINE inline __attribute__((always_inline))

MODASCOPE_INLINE Vec load(const float* p) {
  return *reinterpret_cast<const Vec*>(p);
}
MODASCOPE_INLINE void store(float* p, Vec v) {
  *reinterpret_cast<Vec*>(p) = v;
}
MODASCOPE_INLINE Vec all(float value) {
  return Vec{} + value;
}

}  // namespace
}  // namespace modascope
