#include "core/runs/processor.h"

#include <fstream>

#include "core/system/usable_cores.h"

namespace modascope {

std::string processorName() {
  std::ifstream stream("/proc/cpuinfo");
  for (std::string line; std::getline(stream, line);)
    if (line.starts_with("model name"))
      if (const auto colon = line.find(": "); colon != std::string::npos)
        return line.substr(colon + 2);
  return {};
}

std::int64_t threadsOf(std::int64_t wanted) {
  return wanted > 0 ? wanted : usableCores();
}

}  // namespace modascope
