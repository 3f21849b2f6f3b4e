#include "core/base/seed.h"

#include <cassert>
#include <cmath>
#include <numbers>

#include "core/base/fingerprint.h"

namespace modascope {
namespace {

/// SplitMix64's finaliser: near inputs, far outputs (Steele et al. 2014).
std::uint64_t scrambled(std::uint64_t x) {
  x += 0x9e3779b97f4a7c15ull;
  x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ull;
  x = (x ^ (x >> 27)) * 0x94d049bb133111ebull;
  return x ^ (x >> 31);
}

}  // namespace

std::mt19937_64 Seed::stream(std::string_view purpose, std::uint64_t index) const {
  return std::mt19937_64(scrambled(scrambled(scrambled(value) ^ fnv1a(purpose)) ^ index));
}

double uniform(std::mt19937_64& rng) {
  return static_cast<double>(rng() >> 11) * 0x1p-53;
}

std::uint64_t below(std::mt19937_64& rng, std::uint64_t count) {
  assert(count > 0);
  const std::uint64_t unfair = -count % count;  // 2^64 mod count: these would come once too often
  std::uint64_t bits = rng();
  while (bits < unfair) bits = rng();
  return bits % count;
}

double gaussian(std::mt19937_64& rng) {
  const double radius = std::sqrt(-2.0 * std::log(1.0 - uniform(rng)));
  return radius * std::cos(2.0 * std::numbers::pi * uniform(rng));
}

}  // namespace modascope
