#include "core/checkpoints/checkpoint.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/checkpoints/weights.h"
#include "core/files/paths.h"
#include "core/tensorfile/metadata.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

constexpr const char* kFirst = "adam.first";
constexpr const char* kSecond = "adam.second";
constexpr const char* kStep = "modascope.step";
constexpr const char* kValidated = "modascope.validated";
constexpr const char* kBest = "modascope.best";
constexpr const char* kRandom = "modascope.random";
constexpr const char* kRandomWords =
    "no state: batches, subsets and projection orders are functions of train.seed and the step";

void write(const fs::path& file, TensorFile content, const MultimodalModel& model,
           const TrainingPosition& progress) {
  content.metadata = {{"format", "pt"},
                      {"modascope.kind", model.describe().kind},
                      {kStep, std::to_string(progress.step)},
                      {kValidated, std::to_string(progress.validated)},
                      {kBest, textOf(progress.bestScore)},
                      {kRandom, kRandomWords}};
  content.metadata[kChecksumKey] = checksumOf(content);
  writeTensorFile(file, content);
}

struct Checkpoint {
  TensorFile content;
  TrainingPosition progress;
};

std::int64_t stepAt(const TensorFile& content, const char* key, std::int64_t least) {
  constexpr std::int64_t kMost = 1'000'000'000'000;
  const std::int64_t step = integerAt(content, key);
  if (step >= least && step <= kMost) return step;
  throw Error(std::string(key) + " is " + std::to_string(step) + ", which no step is");
}

Checkpoint read(const fs::path& file) {
  Checkpoint checkpoint{readTensorFile(file), {}};
  const TensorFile& content = checkpoint.content;
  try {
    const auto checksum = content.metadata.find(kChecksumKey);
    if (checksum == content.metadata.end()) {  // as the first runs wrote their weights
      checkpoint.progress.step = stepAt(content, kStep, 0);
      return checkpoint;
    }
    if (checksum->second != checksumOf(content))
      throw Error("its content has changed since it was written");
    checkpoint.progress = {stepAt(content, kStep, 0), stepAt(content, kValidated, -1),
                           realAt(content, kBest)};
    if (std::isnan(checkpoint.progress.bestScore))
      throw Error(std::string(kBest) + " is no number");
  } catch (const Error& error) {
    throw Error(inQuotes(file) + " is no sound checkpoint: " + error.what() + ".");
  }
  return checkpoint;
}

/// Adam's moments [P]. Throws when they are not there or of another length.
std::vector<torch::Tensor> momentsIn(const TensorFile& content, const fs::path& file,
                                     std::int64_t parameters) {
  ParameterLayout layout;
  layout.add(kFirst, {parameters});
  layout.add(kSecond, {parameters});
  refuse(file, misfits(content, layout, blockNames(layout)));
  return {tensorOf(content.at(kFirst)), tensorOf(content.at(kSecond))};
}

Checkpoint readTrainingFile(const fs::path& file) {
  Checkpoint checkpoint = read(file);
  const auto& tensors = checkpoint.content.tensors;
  for (const char* name : {kFirst, kSecond})
    if (std::none_of(tensors.begin(), tensors.end(),
                     [&](const TensorEntry& entry) { return entry.name == name; }))
      throw Error(inQuotes(file) + " holds weights alone; training cannot go on from it.");
  return checkpoint;
}

/// "best, last, previous"
std::string namesIn(const fs::path& folder) {
  std::vector<std::string> names;
  std::error_code code;
  for (fs::directory_iterator entry(folder, code), end; !code && entry != end;
       entry.increment(code))
    if (entry->path().extension() == ".safetensors") names.push_back(entry->path().stem());
  std::sort(names.begin(), names.end());
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
  return all;
}

}  // namespace

void writeWeights(const fs::path& file, const MultimodalModel& model,
                  const TrainingPosition& progress) {
  write(file, weightsOf(model, blockNames(model.layout())), model, progress);
}

void writeTraining(const fs::path& file, const MultimodalModel& model, const Adam& optimiser,
                   const TrainingPosition& progress) {
  TensorFile content = weightsOf(model, blockNames(model.layout()));
  content.tensors.push_back(entryOf(kFirst, optimiser.first()));
  content.tensors.push_back(entryOf(kSecond, optimiser.second()));
  write(file, std::move(content), model, progress);
}

TrainingPosition readWeights(const fs::path& file, const MultimodalModel& model) {
  const auto names = blockNames(model.layout());
  const Checkpoint checkpoint = read(file);
  refuse(file, misfits(checkpoint.content, model.layout(), names));
  putWeights(checkpoint.content, model, names);
  return checkpoint.progress;
}

TrainingPosition readTraining(const fs::path& file, const MultimodalModel& model, Adam& optimiser) {
  const auto names = blockNames(model.layout());
  const Checkpoint checkpoint = readTrainingFile(file);
  refuse(file, misfits(checkpoint.content, model.layout(), names));
  const auto moments = momentsIn(checkpoint.content, file, model.layout().total());
  putWeights(checkpoint.content, model, names);
  optimiser.restore(moments[0], moments[1], checkpoint.progress.step);
  return checkpoint.progress;
}

TrainingPosition checkTraining(const fs::path& file) {
  return readTrainingFile(file).progress;
}

std::int64_t loadWeights(const fs::path& folder, const std::string& name,
                         const MultimodalModel& model) {
  const fs::path file = folder / (name + ".safetensors");
  if (!isThere(file)) {
    const std::string names = namesIn(folder);
    throw Error("There is no checkpoint " + inQuotes(name) + " in " + inQuotes(folder) + "; " +
                (names.empty() ? "the run has not written one yet." : "there is " + names + "."));
  }
  return readWeights(file, model).step;
}

}  // namespace modascope
