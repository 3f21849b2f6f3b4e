#include "core/base/log.h"

#include <cstdlib>
#include <memory>

#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

namespace modascope {
namespace {

std::shared_ptr<spdlog::logger> makeLogger() {
  auto logger = std::make_shared<spdlog::logger>("modascope",
                                                 std::make_shared<spdlog::sinks::stderr_sink_mt>());
  logger->set_pattern("%Y-%m-%d %H:%M:%S.%e %l %v");
  const char* wanted = std::getenv("MODASCOPE_LOG");
  logger->set_level(wanted != nullptr ? spdlog::level::from_str(wanted) : spdlog::level::warn);
  return logger;
}

spdlog::logger& logger() {
  static const auto instance = makeLogger();
  return *instance;
}

}  // namespace

void logInfo(const std::string& line) {
  logger().log(spdlog::level::info, line);
}
void logWarning(const std::string& line) {
  logger().log(spdlog::level::warn, line);
}
void logError(const std::string& line) {
  logger().log(spdlog::level::err, line);
}

}  // namespace modascope
