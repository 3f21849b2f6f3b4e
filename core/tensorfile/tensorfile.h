#pragma once

#include <filesystem>
#include <iosfwd>

#include "core/tensorfile/tensors.h"

namespace modascope {

/// All sizes and offsets are checked before anything is allocated by them; nothing is executed.
/// Throws `Error` naming the file and what is wrong with it.
TensorFile readTensorFile(const std::filesystem::path& file);
void writeTensors(std::ostream& stream, const TensorFile& content);
/// Atomically.
void writeTensorFile(const std::filesystem::path& file, const TensorFile& content);

}  // namespace modascope
