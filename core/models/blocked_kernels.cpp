#include "core/models/blocked_kernels.h"

namespace modascope {

std::vector<const BlockedKernels*> kernelsOfThisProcessor() {
  std::vector<const BlockedKernels*> all;
#ifdef MODASCOPE_X86_KERNELS
  if (__builtin_cpu_supports("avx512f")) all.push_back(&avx512Kernels());
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
    all.push_back(&avx2Kernels());
#endif
  all.push_back(&plainKernels());
  return all;
}

const BlockedKernels& blockedKernels(std::int64_t channels) {
  for (const BlockedKernels* kernels : kernelsOfThisProcessor())
    if (channels % kernels->lanes() == 0) return *kernels;
  return plainKernels();
}

}  // namespace modascope
