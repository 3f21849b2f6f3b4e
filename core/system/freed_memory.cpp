#include "core/system/freed_memory.h"

#include <cstdlib>  // says which C library this is

#ifdef __GLIBC__
#include <malloc.h>
#endif

namespace modascope {

void keepFreedMemory() {
#ifdef __GLIBC__
  constexpr int kPad = 64 << 20;  // bytes asked of the system beyond what is needed
  mallopt(M_ARENA_MAX, 1);
  mallopt(M_MMAP_MAX, 0);
  mallopt(M_TRIM_THRESHOLD, -1);
  mallopt(M_TOP_PAD, kPad);
#endif
}

}  // namespace modascope
