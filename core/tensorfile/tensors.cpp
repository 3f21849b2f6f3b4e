#include "core/tensorfile/tensors.h"

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr std::array<std::pair<std::string_view, TensorType>, 10> kTypes{{
    {"F16", TensorType::F16},
    {"BF16", TensorType::BF16},
    {"F32", TensorType::F32},
    {"F64", TensorType::F64},
    {"I8", TensorType::I8},
    {"U8", TensorType::U8},
    {"I16", TensorType::I16},
    {"I32", TensorType::I32},
    {"I64", TensorType::I64},
    {"BOOL", TensorType::Bool},
}};

}  // namespace

std::string_view keyOf(TensorType type) {
  return std::find_if(kTypes.begin(), kTypes.end(),
                      [type](const auto& entry) { return entry.second == type; })
      ->first;
}

std::optional<TensorType> tensorTypeFrom(std::string_view key) {
  for (const auto& [word, type] : kTypes)
    if (word == key) return type;
  return std::nullopt;
}

std::size_t byteSize(TensorType type) {
  switch (type) {
    case TensorType::I8:
    case TensorType::U8:
    case TensorType::Bool:
      return 1;
    case TensorType::F16:
    case TensorType::BF16:
    case TensorType::I16:
      return 2;
    case TensorType::F32:
    case TensorType::I32:
      return 4;
    case TensorType::F64:
    case TensorType::I64:
      break;
  }
  return 8;
}

const TensorEntry& TensorFile::at(const std::string& name) const {
  for (const auto& tensor : tensors) {
    if (tensor.name == name) return tensor;
  }
  throw Error("There is no tensor " + inQuotes(name) + ".");
}

}  // namespace modascope
