// Read before every source by ./check.sh tidy. In C++20 a vector is constexpr, and clang then asks
// for the size of torch's `IValue` before that class is complete, which gcc does not.
#include <memory>
#include <string>

#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR
#define __fill_a1 __fill_bits  // declared constexpr before
#include <vector>
#undef __fill_a1
#undef _GLIBCXX20_CONSTEXPR
#define _GLIBCXX20_CONSTEXPR constexpr
