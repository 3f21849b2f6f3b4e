#pragma once

#include <string>

namespace modascope {

/// What a developer or a bug report wants to see, on stderr. MODASCOPE_LOG says from which level
/// on: trace, debug, info, warning (the default), error or off. Any thread.
void logInfo(const std::string& line);
void logWarning(const std::string& line);
void logError(const std::string& line);

}  // namespace modascope
