#pragma once

#include <string>

namespace modascope {

/// "20260131-235959", local time: sorts by age.
std::string folderTime();
/// "2026-01-31T23:59:59+0100"
std::string isoTime();
/// Seconds since 1970, for ages.
double secondsNow();

}  // namespace modascope
