#pragma once

#include "core/hdf5/hdf5_library.h"

namespace modascope::hdf5 {

/// Opens it for reading. Throws `Error` with the true cause: open in another program, not closed by
/// the one that wrote it, one of several files, cut short, damaged.
OpenFile openFile(const std::filesystem::path& file);

}  // namespace modascope::hdf5
