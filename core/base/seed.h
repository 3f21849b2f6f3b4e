#pragma once

#include <cstdint>
#include <random>
#include <string_view>

namespace modascope {

/// The seed of a run. Every consumer takes a stream of its own by name, so that adding a consumer
/// does not move the numbers of the others.
struct Seed {
  std::uint64_t value = 1;

  std::mt19937_64 stream(std::string_view purpose, std::uint64_t index = 0) const;
};

/// In [0, 1), from the generator's bits alone: the same on every standard library.
double uniform(std::mt19937_64& rng);
/// In [0, count), count > 0.
std::uint64_t below(std::mt19937_64& rng, std::uint64_t count);
/// Mean 0, variance 1 (Box–Muller, one value a call).
double gaussian(std::mt19937_64& rng);

}  // namespace modascope
