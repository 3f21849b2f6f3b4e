#include "core/models/blocked/blocked_kernels.h"

namespace modascope {

std::vector<const BlockedKernels*> kernelsOfThisProcessor(Precision precision) {
  std::vector<const BlockedKernels*> all;
#ifdef MODASCOPE_X86_KERNELS
  if (precision == Precision::BFloat16 && __builtin_cpu_supports("avx512bf16") &&
      __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl")) {
    all.push_back(&avx512BFloat16Kernels());
    all.push_back(&avx512HalfBFloat16Kernels());
  }
  if (__builtin_cpu_supports("avx512f")) all.push_back(&avx512Kernels(precision));
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    all.push_back(&avx2Kernels(precision));
#endif
  all.push_back(&plainKernels(precision));
  return all;
}

const BlockedKernels& blockedKernels(std::int64_t channels, Precision precision) {
  for (const BlockedKernels* kernels : kernelsOfThisProcessor(precision))
    if (channels % kernels->lanes() == 0) return *kernels;
  return plainKernels(precision);
}

std::uint32_t* roomOfThisThread(std::int64_t words) {
  constexpr std::size_t kLine = 16;  // words of a cache line
  thread_local std::vector<std::uint32_t> room;
  if (room.size() < static_cast<std::size_t>(words) + kLine)
    room.resize(static_cast<std::size_t>(words) + kLine);
  const auto at = reinterpret_cast<std::uintptr_t>(room.data()) / sizeof(std::uint32_t);
  return room.data() + (kLine - at % kLine);
}

}  // namespace modascope
