#pragma once

#include <string>
#include <string_view>

namespace modascope {

/// The bytes as one word of a shell: as they are where no character means anything to it, else
/// quoted. What is no printable text (a new line, bytes that are not UTF-8) is written in octal,
/// $'…\012…', which bash, zsh and ksh read.
std::string shellWord(std::string_view bytes);

}  // namespace modascope
