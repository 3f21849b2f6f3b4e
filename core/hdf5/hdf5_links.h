#pragma once

#include "core/hdf5/hdf5_library.h"
#include "core/hdf5/hdf5_wire.h"

namespace modascope::hdf5 {

/// Names of what is in a group. Throws `Error` if there is no such group.
std::vector<std::string> membersOf(const OpenFile& file, const std::string& group);

/// What is at a path. Throws `Error` where a link on the way leads nowhere or out of the file, and
/// for what is there and cannot be opened.
Found lookAt(const OpenFile& file, const std::string& path);

}  // namespace modascope::hdf5
