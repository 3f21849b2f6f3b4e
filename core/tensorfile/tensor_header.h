#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/tensorfile/tensors.h"

namespace modascope {

/// One tensor of a header: its bytes are [begin, end) of the data that follow the header.
struct TensorPlace {
  TensorEntry entry;  ///< without bytes
  std::uint64_t begin = 0;
  std::uint64_t end = 0;
};

struct TensorHeader {
  std::vector<TensorPlace> places;  ///< by rising offset
  std::map<std::string, std::string> metadata;
};

/// Accepts only a header whose tensors fill exactly `dataSize` bytes without gap or overlap, each
/// with the size of its shape and type. Throws `Error` with the reason, without the file's name.
TensorHeader parseTensorHeader(std::string_view json, std::uint64_t dataSize);
std::string tensorHeaderText(const TensorFile& content);

}  // namespace modascope
