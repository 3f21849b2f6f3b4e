#pragma once

#include "core/hdf5/hdf5_library.h"

namespace modascope::hdf5 {

/// Why the values of a data set cannot be taken from the file, as the end of a sentence: they lie
/// in another file, were never written, or are compressed in a way that is unknown here. Empty if
/// they can.
std::string storageFault(const OpenFile& file, hid_t set, const Hdf5DataSet& about);

/// How many rows are stored together; 1 where rows are not kept in chunks.
std::size_t rowsInChunk(hid_t set);

}  // namespace modascope::hdf5
