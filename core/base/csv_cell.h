#pragma once

#include <string>
#include <string_view>

namespace modascope {

/// The shortest text that reads back as the number, whatever the locale; nothing for what was not
/// measured.
std::string csvCell(double value);
/// In quotes where the text needs them.
std::string csvCell(std::string_view text);

}  // namespace modascope
