#include "core/tensorfile/tensor_header.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/files/bounded_json.h"

namespace modascope {
namespace {

using Json = nlohmann::json;

constexpr const char* kMetadata = "__metadata__";

Error wrong(const std::string& tensor, const std::string& what) {
  return Error("tensor " + inQuotes(tensor) + " " + what);
}

TensorType typeOf(const std::string& tensor, const Json& field) {
  if (field.is_string()) {
    if (const auto type = tensorTypeFrom(field.get_ref<const std::string&>())) return *type;
  }
  throw wrong(tensor, "has the unknown type " + field.dump());
}

std::vector<std::int64_t> shapeOf(const std::string& tensor, const Json& field) {
  if (!field.is_array()) throw wrong(tensor, "has no list of sizes as its shape");
  std::vector<std::int64_t> shape;
  for (const auto& size : field) {
    if (!size.is_number_unsigned() || size.get<std::uint64_t>() > INT64_MAX) {
      throw wrong(tensor, "has the size " + size.dump() + " in its shape");
    }
    shape.push_back(size.get<std::int64_t>());
  }
  return shape;
}

/// Nothing when the product does not fit.
std::optional<std::uint64_t> bytesOf(const TensorEntry& entry) {
  std::uint64_t bytes = byteSize(entry.type);
  for (const std::int64_t size : entry.shape) {
    if (__builtin_mul_overflow(bytes, static_cast<std::uint64_t>(size), &bytes)) {
      return std::nullopt;
    }
  }
  return bytes;
}

TensorPlace placeOf(const std::string& name, const Json& fields, std::uint64_t dataSize) {
  if (!fields.is_object() || fields.size() != 3 || !fields.contains("dtype") ||
      !fields.contains("shape") || !fields.contains("data_offsets")) {
    throw wrong(name, "does not have exactly dtype, shape and data_offsets");
  }
  TensorPlace place;
  place.entry.name = name;
  place.entry.type = typeOf(name, fields["dtype"]);
  place.entry.shape = shapeOf(name, fields["shape"]);
  const Json& offsets = fields["data_offsets"];
  if (!offsets.is_array() || offsets.size() != 2 || !offsets[0].is_number_unsigned() ||
      !offsets[1].is_number_unsigned()) {
    throw wrong(name, "has offsets that are not two numbers");
  }
  place.begin = offsets[0].get<std::uint64_t>();
  place.end = offsets[1].get<std::uint64_t>();
  if (place.begin > place.end || place.end > dataSize) {
    throw wrong(name, "lies at " + offsets.dump() + ", outside the file's " +
                          std::to_string(dataSize) + " bytes of data");
  }
  if (bytesOf(place.entry) != place.end - place.begin) {
    throw wrong(name, "has " + std::to_string(place.end - place.begin) +
                          " bytes, which do not fit its shape " + fields["shape"].dump());
  }
  return place;
}

std::map<std::string, std::string> metadataOf(const Json& fields) {
  if (!fields.is_object()) throw Error("its metadata are no table");
  std::map<std::string, std::string> metadata;
  for (const auto& [key, value] : fields.items()) {
    if (!value.is_string()) throw Error("its metadata " + inQuotes(key) + " are no text");
    metadata[key] = value.get<std::string>();
  }
  return metadata;
}

/// A tensor that is there twice is refused, and nesting deeper than a header's.
Json parsedStrictly(std::string_view text) {
  JsonLimits limits;
  limits.bytes = text.size();  // the file's reader has its own bound
  limits.depth = 4;
  try {
    return parseJson(text, limits);
  } catch (const Error& error) {
    constexpr std::size_t kIt = 3;  // "it is no JSON"
    throw Error(std::string("its header ") + (error.what() + kIt));
  }
}

}  // namespace

TensorHeader parseTensorHeader(std::string_view json, std::uint64_t dataSize) {
  const Json root = parsedStrictly(json);
  if (!root.is_object()) throw Error("its header is no table");
  TensorHeader header;
  for (const auto& [name, fields] : root.items()) {
    if (name == kMetadata) {
      header.metadata = metadataOf(fields);
    } else {
      header.places.push_back(placeOf(name, fields, dataSize));
    }
  }
  std::stable_sort(header.places.begin(), header.places.end(), [](const auto& a, const auto& b) {
    return std::pair(a.begin, a.end) < std::pair(b.begin, b.end);
  });
  std::uint64_t expected = 0;
  for (const auto& place : header.places) {
    if (place.begin != expected) {
      throw wrong(place.entry.name, "begins at " + std::to_string(place.begin) + ", not at " +
                                        std::to_string(expected) + " where the one before ends");
    }
    expected = place.end;
  }
  if (expected != dataSize) {
    throw Error(std::to_string(dataSize - expected) + " bytes follow its last tensor");
  }
  return header;
}

std::string tensorHeaderText(const TensorFile& content) {
  using Ordered = nlohmann::ordered_json;
  Ordered root = Ordered::object();
  auto& table = root.get_ref<Ordered::object_t&>();  // which seeks no key when it is only added to
  if (!content.metadata.empty()) table.emplace_back(kMetadata, content.metadata);
  std::set<std::string> names{kMetadata};
  std::uint64_t offset = 0;
  for (const auto& tensor : content.tensors) {
    if (!names.insert(tensor.name).second) {
      throw wrong(tensor.name, "is there twice or has a reserved name");
    }
    if (std::any_of(tensor.shape.begin(), tensor.shape.end(), [](auto n) { return n < 0; }) ||
        bytesOf(tensor) != tensor.bytes.size()) {
      throw wrong(tensor.name, "has bytes that do not fit its shape");
    }
    table.emplace_back(tensor.name,
                       Ordered{{"dtype", keyOf(tensor.type)},
                               {"shape", tensor.shape},
                               {"data_offsets", {offset, offset + tensor.bytes.size()}}});
    offset += tensor.bytes.size();
  }
  std::string text = root.dump();
  text.resize((text.size() + 7) / 8 * 8, ' ');  // so that the data are aligned
  return text;
}

}  // namespace modascope
