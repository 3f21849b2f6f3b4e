#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

enum class TensorType { F16, BF16, F32, F64, I8, U8, I16, I32, I64, Bool };

struct TensorEntry {
  std::string name;
  TensorType type = TensorType::F32;
  std::vector<std::int64_t> shape;
  std::vector<std::byte> bytes;  ///< little endian, row by row
};

/// A safetensors file in memory, without torch: names, types, shapes, bytes and string metadata.
struct TensorFile {
  std::vector<TensorEntry> tensors;
  std::map<std::string, std::string> metadata;

  /// Throws `Error` naming the tensor that is missing.
  const TensorEntry& at(const std::string& name) const;
};

std::size_t byteSize(TensorType type);
std::string_view keyOf(TensorType type);  // "BF16"
std::optional<TensorType> tensorTypeFrom(std::string_view key);

}  // namespace modascope
