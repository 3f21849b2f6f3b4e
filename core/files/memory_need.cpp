#include "core/files/memory_need.h"

#include <array>
#include <cstdio>

#include "core/base/error.h"
#include "core/system/available_memory.h"

namespace modascope {

void requireMemory(const std::filesystem::path& file, std::uint64_t bytes) {
  constexpr std::uint64_t kAlwaysThere = 16'000'000;  // asking costs more than so little
  if (bytes <= kAlwaysThere) return;
  const auto free = availableMemory();
  if (!free || bytes <= *free) return;
  throw Error(inQuotes(file) + " would need " + sizeInWords(bytes) + " to read; " +
                  sizeInWords(*free) + " are free.",
              Fault::System);
}

std::string sizeInWords(std::uint64_t bytes) {
  if (bytes < 1000) return std::to_string(bytes) + " bytes";
  double size = static_cast<double>(bytes);
  std::size_t unit = 0;
  constexpr std::array<const char*, 7> kUnits{"bytes", "KB", "MB", "GB", "TB", "PB", "EB"};
  while (size >= 999.95 && unit + 1 < kUnits.size()) {
    size /= 1000;
    ++unit;
  }
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.1f ", size);
  return text.data() + std::string(kUnits[unit]);
}

void requireAtMost(const std::filesystem::path& file, std::uint64_t size, std::uint64_t most) {
  if (size <= most) return;
  throw Error(inQuotes(file) + " is too large for what it should be: it has " + sizeInWords(size) +
              ", of which " + sizeInWords(most) + " are the most.");
}

}  // namespace modascope
