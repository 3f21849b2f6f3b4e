#pragma once

#include <cstdint>
#include <string>

namespace modascope {

/// The processor's name as the system tells it, such as "Intel(R) Xeon(R) Gold 6154"; empty if it
/// does not.
std::string processorName();
/// Threads that a run computes with: `wanted`, or one for each core that it may use where that is
/// 0.
std::int64_t threadsOf(std::int64_t wanted);

}  // namespace modascope
