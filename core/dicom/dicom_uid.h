#pragma once

#include <string>

namespace modascope {

/// An identifier that nobody else has: "2.25." and 128 random bits (ISO/IEC 9834-8). It tells
/// nothing of the machine that made it.
std::string newDicomUid();

}  // namespace modascope
