#include "core/runs/run_time.h"

#include <array>
#include <chrono>
#include <ctime>

namespace modascope {
namespace {

std::string formatted(const char* format) {
  const std::time_t now = std::time(nullptr);
  std::tm local{};
  localtime_r(&now, &local);
  std::array<char, 64> text{};
  return std::string(text.data(), std::strftime(text.data(), text.size(), format, &local));
}

}  // namespace

std::string folderTime() {
  return formatted("%Y%m%d-%H%M%S");
}
std::string isoTime() {
  return formatted("%Y-%m-%dT%H:%M:%S%z");
}

double secondsNow() {
  const auto since1970 = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration<double>(since1970).count();
}

}  // namespace modascope
