#pragma once

#include <string>

#include "core/demo/demo.h"

namespace modascope {

/// The demonstration as one page for a browser: it holds its pictures and its script, and asks
/// nothing of any server. Names in it are shown as text, whatever they are.
std::string demoHtml(const Demo& demo);

}  // namespace modascope
