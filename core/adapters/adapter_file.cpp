#include "core/adapters/adapter_file.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/words.h"
#include "core/checkpoints/weights.h"
#include "core/tensorfile/metadata.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFormat = "modascope.adapters";
constexpr std::int64_t kVersion = 1;
constexpr const char* kMethod = "modascope.method";
constexpr const char* kRank = "modascope.rank";
constexpr const char* kAlpha = "modascope.alpha";
constexpr const char* kModalities = "modascope.modalities";
constexpr const char* kParameters = "modascope.base.parameters";
constexpr const char* kFingerprint = "modascope.base.fingerprint";

std::string nameOf(const ModalitySchema& schema, ModalitySet set) {
  return joined(keysOf(schema, set), "+");
}

std::string keysText(const ModalitySchema& schema) {
  return joined(keysOf(schema, schema.all()));
}

void requireSound(const TensorFile& content) {
  if (!content.metadata.contains(kFormat)) throw Error("it holds no adapters");
  if (const auto version = integerAt(content, kFormat); version != kVersion)
    throw Error("it is of format " + std::to_string(version) + "; this program reads format " +
                std::to_string(kVersion));
  if (textAt(content, kChecksumKey) != checksumOf(content))
    throw Error("its content has changed since it was written");
}

void requireSame(const std::string& what, const std::string& found, const std::string& expected) {
  if (found != expected)
    throw Error("its adapters belong to a network with the " + what + " " + found +
                "; this one has " + expected);
}

AdapterMethod methodIn(const TensorFile& content) {
  AdapterMethod method;
  method.kind = textAt(content, kMethod);
  method.rank = integerAt(content, kRank);
  method.alpha = realAt(content, kAlpha);
  return method;
}

/// The δ of every subset that the file names.
AdapterSet adaptersIn(const TensorFile& content, const MultimodalModel& base) {
  requireSound(content);
  AdapterSet adapters(methodIn(content), base);
  requireSame("modalities", textAt(content, kModalities), keysText(adapters.schema()));
  requireSame("parameter count", textAt(content, kParameters),
              std::to_string(adapters.baseParameters()));
  requireSame("weights' fingerprint", textAt(content, kFingerprint), adapters.baseFingerprint());
  const auto sets = allSubsets(adapters.schema());
  for (const TensorEntry& entry : content.tensors) {
    const auto set = std::find_if(sets.begin(), sets.end(), [&](ModalitySet candidate) {
      return nameOf(adapters.schema(), candidate) == entry.name;
    });
    if (set == sets.end()) throw Error(inQuotes(entry.name) + " names no subset");
    if (entry.type != TensorType::F32) throw Error(inQuotes(entry.name) + " is not float32");
    const torch::Tensor delta = tensorOf(entry);
    if (!delta.isfinite().all().item<bool>())
      throw Error(inQuotes(entry.name) + " holds numbers that are not finite");
    adapters.put(*set, delta.to(base.parameters().device()));
  }
  return adapters;
}

}  // namespace

void writeAdapters(const fs::path& file, const AdapterSet& adapters) {
  TensorFile content;
  for (const ModalitySet set : adapters.subsets())
    content.tensors.push_back(entryOf(nameOf(adapters.schema(), set), adapters.find(set)->delta));
  const AdapterMethod& method = adapters.method();
  content.metadata = {{"format", "pt"},
                      {kFormat, std::to_string(kVersion)},
                      {kMethod, method.kind},
                      {kRank, std::to_string(method.rank)},
                      {kAlpha, textOf(method.alpha)},
                      {kModalities, keysText(adapters.schema())},
                      {kParameters, std::to_string(adapters.baseParameters())},
                      {kFingerprint, adapters.baseFingerprint()}};
  content.metadata[kChecksumKey] = checksumOf(content);
  writeTensorFile(file, content);
}

AdapterSet readAdapters(const fs::path& file, const MultimodalModel& base) {
  const TensorFile content = readTensorFile(file);
  try {
    return adaptersIn(content, base);
  } catch (const Error& error) {
    std::string reason = error.what();
    if (reason.ends_with('.')) reason.pop_back();
    throw Error(inQuotes(file) + " cannot be used: " + reason + ".");
  }
}

}  // namespace modascope
