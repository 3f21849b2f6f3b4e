#pragma once

#include <algorithm>

#include <ATen/Parallel.h>
#include <torch/types.h>

#include "core/models/blocked/blocked_kernels.h"

namespace modascope {

/// Sharing blocked activations [N, blocks, D, H, W, lanes] out among threads.

inline constexpr std::int64_t kVoxelsATask = 4096;

template <typename Work>
void inParallel(std::int64_t tasks, Work work) {
  at::parallel_for(0, tasks, 1, [&](std::int64_t first, std::int64_t last) {
    for (std::int64_t task = first; task < last; ++task) work(task);
  });
}

inline std::int64_t partsOf(std::int64_t whole, std::int64_t part) {
  return (whole + part - 1) / part;
}

inline Grid gridOf(const torch::Tensor& t) {
  return {t.size(2), t.size(3), t.size(4)};
}

/// Where one block of one sample starts.
inline float* blockOf(const torch::Tensor& t, std::int64_t n, std::int64_t block) {
  return t.data_ptr<float>() + n * t.stride(0) + block * t.stride(1);
}

/// The first of a block's channels in a tensor [N, C].
template <typename Value = float>
Value* channelsOf(const torch::Tensor& t, std::int64_t n, std::int64_t block, std::int64_t lanes) {
  return t.data_ptr<Value>() + n * t.size(1) + block * lanes;
}

/// Calls work(n, block, planes) for some planes of every block of t, in parallel.
template <typename Work>
void forEachBlock(const torch::Tensor& t, std::int64_t planes, Work work) {
  const std::int64_t blocks = t.size(1), parts = partsOf(t.size(2), planes);
  inParallel(t.size(0) * blocks * parts, [&](std::int64_t task) {
    const std::int64_t first = task % parts * planes;
    work(task / parts / blocks, task / parts % blocks,
         Planes{first, std::min(first + planes, t.size(2))});
  });
}

inline std::int64_t planesATask(const torch::Tensor& t) {
  return std::max<std::int64_t>(1, kVoxelsATask / (t.size(3) * t.size(4)));
}

}  // namespace modascope
