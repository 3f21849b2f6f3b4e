#include "core/tensorfile/metadata.h"

#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/base/fingerprint.h"

namespace modascope {
namespace {

template <typename Number>
Number numberAt(const TensorFile& content, const std::string& key) {
  Number number{};
  const std::string& text = textAt(content, key);
  const auto end = text.data() + text.size();
  const auto read = std::from_chars(text.data(), end, number);
  if (read.ec != std::errc() || read.ptr != end) throw Error(key + " is no number");
  return number;
}

}  // namespace

std::string checksumOf(const TensorFile& content) {
  std::uint64_t hash = kFnvStart;
  for (const auto& [key, value] : content.metadata)
    if (key != kChecksumKey) hash = fnv1a(key + '\n' + value + '\n', hash);
  for (const TensorEntry& entry : content.tensors) {
    hash = fnv1a(entry.name + '\n', hash);
    hash = fnv1a({reinterpret_cast<const char*>(entry.bytes.data()), entry.bytes.size()}, hash);
  }
  return toHex(hash);
}

std::string textOf(double value) {
  std::array<char, 32> text{};
  return {text.data(), std::to_chars(text.data(), text.data() + text.size(), value).ptr};
}

const std::string& textAt(const TensorFile& content, const std::string& key) {
  const auto found = content.metadata.find(key);
  if (found == content.metadata.end()) throw Error("it lacks " + key);
  return found->second;
}

std::int64_t integerAt(const TensorFile& content, const std::string& key) {
  return numberAt<std::int64_t>(content, key);
}

double realAt(const TensorFile& content, const std::string& key) {
  return numberAt<double>(content, key);
}

}  // namespace modascope
