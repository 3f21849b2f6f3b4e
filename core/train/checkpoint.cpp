#include "core/train/checkpoint.h"

#include <charconv>
#include <cstring>

#include <nlohmann/json.hpp>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

fs::path weightsFile(const fs::path& folder, const std::string& name) {
  return folder / (name + ".safetensors");
}

fs::path trainingFile(const fs::path& folder) {
  return folder / "last.training.safetensors";
}

TensorEntry entryOf(const std::string& name, const torch::Tensor& tensor) {
  const auto host = tensor.to(torch::kCPU, torch::kFloat32).contiguous();
  TensorEntry entry{name, TensorType::F32, host.sizes().vec(), {}};
  entry.bytes.resize(static_cast<std::size_t>(host.numel()) * sizeof(float));
  std::memcpy(entry.bytes.data(), host.data_ptr<float>(), entry.bytes.size());
  return entry;
}

/// Copies an entry into a tensor of the same shape.
void fill(const torch::Tensor& target, const TensorEntry& entry, const fs::path& file) {
  if (entry.type != TensorType::F32 || target.sizes().vec() != entry.shape)
    throw Error(file.string() + ": '" + entry.name +
                "' has another type or shape than this network; is it of another run?");
  auto host = torch::empty(entry.shape, torch::kFloat32);
  std::memcpy(host.data_ptr<float>(), entry.bytes.data(), entry.bytes.size());
  target.copy_(host);
}

void addWeights(TensorFile& content, const MultimodalModel& model, const std::string& prefix) {
  const auto& blocks = model.layout().blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    content.tensors.push_back(entryOf(prefix + blocks[i].name, model.parameter(i)));
}

void takeWeights(const TensorFile& content, const MultimodalModel& model, const std::string& prefix,
                 const fs::path& file) {
  const auto& blocks = model.layout().blocks();
  for (std::size_t i = 0; i < blocks.size(); ++i)
    fill(model.parameter(i), content.at(prefix + blocks[i].name), file);
}

TensorFile emptyFile(const MultimodalModel& model, std::int64_t step) {
  TensorFile content;
  content.metadata = {{"format", "pt"},
                      {"modascope.kind", model.describe().kind},
                      {"modascope.step", std::to_string(step)}};
  return content;
}

std::int64_t stepOf(const TensorFile& content, const fs::path& file) {
  const auto found = content.metadata.find("modascope.step");
  std::int64_t step = 0;
  if (found == content.metadata.end() ||
      std::from_chars(found->second.data(), found->second.data() + found->second.size(), step).ec !=
          std::errc())
    throw Error(file.string() + " does not say which step it is of; it is no checkpoint of ours.");
  return step;
}

}  // namespace

void saveWeights(const fs::path& folder, const std::string& name, const MultimodalModel& model,
                 std::int64_t step) {
  TensorFile content = emptyFile(model, step);
  addWeights(content, model, "");
  writeTensorFile(weightsFile(folder, name), content);
  const nlohmann::json words{
      {"step", step}, {"kind", model.describe().kind}, {"parameters", model.layout().total()}};
  writeAtomically(folder / (name + ".json"), words.dump(2) + "\n");
}

void saveTraining(const fs::path& folder, const MultimodalModel& model, const Adam& optimiser,
                  std::int64_t step) {
  TensorFile content = emptyFile(model, step);
  addWeights(content, model, "weights.");
  content.tensors.push_back(entryOf("adam.first", optimiser.first()));
  content.tensors.push_back(entryOf("adam.second", optimiser.second()));
  writeTensorFile(trainingFile(folder), content);
}

std::int64_t loadWeights(const fs::path& folder, const std::string& name,
                         const MultimodalModel& model) {
  const fs::path file = weightsFile(folder, name);
  if (!fs::exists(file))
    throw Error("There is no checkpoint '" + name + "' in " + folder.string() +
                "; the run has not written one yet.");
  const TensorFile content = readTensorFile(file);
  takeWeights(content, model, "", file);
  return stepOf(content, file);
}

std::int64_t loadTraining(const fs::path& folder, const MultimodalModel& model, Adam& optimiser) {
  const fs::path file = trainingFile(folder);
  if (!hasTraining(folder))
    throw Error("There is no checkpoint to go on from in " + folder.string() + ".");
  const TensorFile content = readTensorFile(file);
  takeWeights(content, model, "weights.", file);
  auto first = torch::empty_like(optimiser.first());
  auto second = torch::empty_like(optimiser.second());
  fill(first, content.at("adam.first"), file);
  fill(second, content.at("adam.second"), file);
  const std::int64_t step = stepOf(content, file);
  optimiser.restore(first, second, step);
  return step;
}

bool hasTraining(const fs::path& folder) {
  return fs::exists(trainingFile(folder));
}

}  // namespace modascope
