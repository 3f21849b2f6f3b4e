#pragma once

#include <cstdint>
#include <string>

#include "core/tensorfile/tensors.h"

namespace modascope {

/// The key of a file's checksum in its own metadata.
inline constexpr const char* kChecksumKey = "modascope.checksum";
/// Over names, bytes and metadata, but not over the checksum itself.
std::string checksumOf(const TensorFile& content);

/// The shortest text that reads back to the same number.
std::string textOf(double value);
/// Throw `Error` with a part of a sentence, "it lacks <key>" or "<key> is no number".
const std::string& textAt(const TensorFile& content, const std::string& key);
std::int64_t integerAt(const TensorFile& content, const std::string& key);
double realAt(const TensorFile& content, const std::string& key);

}  // namespace modascope
