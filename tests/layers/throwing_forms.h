#pragma once

#include <string>
#include <vector>

#include "tests/layers/include_check.h"

namespace modascope::layers {

/// Where the sources ask the file system in a form of std::filesystem that throws, one line each:
/// "app/inspect/run_remark.cpp:15: weakly_canonical without a std::error_code throws". A call is
/// quiet when the last of its arguments is a variable of the file that is declared as
/// std::error_code.
std::vector<std::string> throwingForms(const Sources& sources);

}  // namespace modascope::layers
