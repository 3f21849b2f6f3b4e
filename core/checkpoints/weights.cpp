#include "core/checkpoints/weights.h"

#include <algorithm>
#include <cstring>
#include <optional>

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace modascope {
namespace {

constexpr std::size_t kListed = 10;

std::optional<torch::ScalarType> floatingType(TensorType type) {
  switch (type) {
    case TensorType::F16:
      return torch::kHalf;
    case TensorType::BF16:
      return torch::kBFloat16;
    case TensorType::F32:
      return torch::kFloat32;
    case TensorType::F64:
      return torch::kFloat64;
    default:
      return std::nullopt;
  }
}

TensorType typeOf(const torch::Tensor& tensor) {
  switch (tensor.scalar_type()) {
    case torch::kFloat32:
      return TensorType::F32;
    case torch::kFloat64:
      return TensorType::F64;
    case torch::kInt64:
      return TensorType::I64;
    default:
      throw Error("Only float32, float64 and int64 tensors are written.", Fault::System);
  }
}

std::string words(const std::vector<std::int64_t>& shape) {
  std::string all;
  for (const std::int64_t size : shape) all += (all.empty() ? "" : ", ") + std::to_string(size);
  return "[" + all + "]";
}

const TensorEntry* find(const TensorFile& content, const std::string& name) {
  const auto found = std::find_if(content.tensors.begin(), content.tensors.end(),
                                  [&](const TensorEntry& entry) { return entry.name == name; });
  return found == content.tensors.end() ? nullptr : &*found;
}

/// Empty when the entry fits.
std::string misfit(const TensorEntry* entry, const ParameterBlock& block) {
  if (entry == nullptr) return "is missing";
  if (entry->shape != block.shape)
    return "has the shape " + words(entry->shape) + ", not " + words(block.shape);
  if (!floatingType(entry->type)) return "does not hold floating-point numbers";
  if (!tensorOf(*entry).isfinite().all().item<bool>()) return "holds numbers that are not finite";
  return "";
}

}  // namespace

TensorEntry entryOf(const std::string& name, const torch::Tensor& tensor) {
  const auto host = tensor.to(torch::kCPU).contiguous();
  TensorEntry entry{name, typeOf(host), host.sizes().vec(), {}};
  entry.bytes.resize(host.nbytes());
  if (!entry.bytes.empty()) std::memcpy(entry.bytes.data(), host.data_ptr(), entry.bytes.size());
  return entry;
}

torch::Tensor tensorOf(const TensorEntry& entry) {
  auto tensor = torch::empty(entry.shape, floatingType(entry.type).value());
  if (!entry.bytes.empty()) std::memcpy(tensor.data_ptr(), entry.bytes.data(), entry.bytes.size());
  return tensor.to(torch::kFloat32);
}

std::vector<std::string> blockNames(const ParameterLayout& layout) {
  std::vector<std::string> names;
  for (const ParameterBlock& block : layout.blocks()) names.push_back(block.name);
  return names;
}

std::vector<std::string> misfits(const TensorFile& content, const ParameterLayout& layout,
                                 const std::vector<std::string>& names) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string what = misfit(find(content, names[i]), layout[i]);
    if (!what.empty()) all.push_back(inQuotes(names[i]) + " " + what);
  }
  return all;
}

void refuse(const std::filesystem::path& file, const std::vector<std::string>& misfits) {
  if (misfits.empty()) return;
  std::string list;
  for (std::size_t i = 0; i < std::min(misfits.size(), kListed); ++i)
    list += (i > 0 ? "; " : "") + misfits[i];
  if (misfits.size() > kListed)
    list += "; and " + std::to_string(misfits.size() - kListed) + " more";
  throw Error(inQuotes(file) + " does not hold the weights of this network: " + list +
              ". Nothing was loaded.");
}

TensorFile weightsOf(const MultimodalModel& model, const std::vector<std::string>& names) {
  TensorFile content;
  for (std::size_t i = 0; i < names.size(); ++i)
    content.tensors.push_back(entryOf(names[i], model.parameter(i)));
  return content;
}

void putWeights(const TensorFile& content, const MultimodalModel& model,
                const std::vector<std::string>& names) {
  for (std::size_t i = 0; i < names.size(); ++i)
    model.parameter(i).copy_(tensorOf(content.at(names[i])));
}

}  // namespace modascope
