#pragma once

#include <string>
#include <vector>

#include "tests/layers/include_check.h"

namespace modascope::layers {

/// One name, one thing: what bears a name that something else bears as well, one line each.
/// "core/a/x.h:3: Layout is also the name of a type in core/b/y.h". Looked at are the names of
/// headers and of types (class, struct, union, enum) that are defined outside of other types, of
/// functions and of namespaces without a name.
std::vector<std::string> namesGivenTwice(const Sources& sources);

}  // namespace modascope::layers
