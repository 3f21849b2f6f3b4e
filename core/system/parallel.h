#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace modascope {

/// What many threads do with numbered pieces of work that have nothing to do with each other.
struct ParallelWork {
  std::size_t count = 0;
  /// On any of the threads, each number once. Must not touch what another number touches.
  std::function<void(std::size_t)> each;
  /// On the caller's thread, a few times a second and at the end. May be empty.
  std::function<void(std::size_t done)> progress = {};
};

/// Returns when all is done, or, once `stop` was asked for, when the pieces begun are. The first
/// exception that `each` throws ends the work likewise and is thrown on.
void runParallel(const ParallelWork& work, std::size_t threads, const std::stop_token& stop = {});

}  // namespace modascope
