#include "core/train/memory_estimate.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <utility>
#include <vector>

#include "core/base/error.h"
#include "core/config/task_settings.h"
#include "core/models/unet/unet_parts.h"
#include "core/networks/method_facts.h"
#include "core/networks/network_facts.h"
#include "core/problem/task_facts.h"
#include "core/train/subset_choice.h"

namespace modascope {
namespace {

constexpr double kFloat = sizeof(float);
constexpr int kUsualRank = 3;  ///< of a tolerance of a few hundredths (METHOD 2.1)
/// Measured: room that rows of late fusion take, which the heap has a hole for in some steps and in
/// others has not; what libraries set up for themselves.
constexpr double kRowCopies = 1.4;
constexpr double kLibraries = 10e6;
/// Below this part of the estimate a step surely does not fit; it is true to a quarter.
constexpr double kSurely = 0.7;

/// How often each half of the network runs for a sample, and with what.
struct HalfPasses {
  double encoders = 1;
  double decoders = 1;
  double inputs = 1;         ///< channels that an encoder reads
  double fusedFeatures = 1;  ///< feature maps that a decoder gets for one of an encoder
  bool fuses = false;        ///< decoders read what became of several encoders' features
};

/// Numbers of one sample in a U-Net.
struct UnetNumbers {
  /// What one pass leaves for the backward pass: the input and output of every convolution. What an
  /// encoder says lies in the decoder's input, unless features are fused on the way.
  double encoder = 0;
  double decoder = 0;
  double features = 0;  ///< all that an encoder says
  double top = 0;       ///< one feature map at full resolution

  /// What comes back through one subset at its widest, to the uppermost block of the decoder: to
  /// its output, between its convolutions and to its input. What goes back to encoders waits until
  /// all subsets have been through.
  double comingBack(const HalfPasses& passes) const {
    return (3 + passes.fusedFeatures) * top + (passes.fuses ? passes.encoders * features : 0);
  }
};

UnetNumbers numbersOf(const RunConfig& config, const HalfPasses& passes) {
  const auto channels = unetChannels(config.model.width);
  const std::size_t bottom = channels.size() - 1;
  const auto at = [&](std::size_t level) { return static_cast<double>(channels[level]); };
  const auto block = [](double in, double mid, double out) { return in + mid + mid + out; };
  UnetNumbers numbers;
  for (std::size_t l = 0; l <= bottom; ++l) {
    const double side = std::floor(static_cast<double>(config.train.crop) / std::exp2(l));
    const double voxels = side * side * side, skip = passes.fusedFeatures * at(l);
    numbers.encoder += block(l == 0 ? passes.inputs : at(l - 1), at(l), at(l)) * voxels;
    numbers.features += at(l) * voxels;
    if (l == bottom) {
      numbers.decoder += skip * voxels;
      continue;
    }
    const double below = l + 1 == bottom ? passes.fusedFeatures * at(bottom) : at(l);
    numbers.decoder += block(skip + below, at(l), at(l == 0 ? 0 : l - 1)) * voxels;
    if (l == 0) numbers.top = at(l) * voxels;
  }
  numbers.decoder += numbers.top;  // what the head sees
  if (passes.fuses) numbers.encoder += numbers.features;
  return numbers;
}

HalfPasses passesOf(const NetworkFacts& network, double modalities, double subsets) {
  const auto often = [&](Passes passes) {
    return passes == Passes::OneAModality ? modalities : subsets;
  };
  const bool seesAll = network.encoder == Passes::OneASubset;
  return {often(network.encoder), often(network.decoder), seesAll ? modalities : 1,
          static_cast<double>(network.fusedFeatures), network.encoder != network.decoder};
}

/// The most subsets that one modality takes part in.
double longestOf(const std::vector<ModalitySet>& subsets, const ModalitySchema& schema) {
  std::ptrdiff_t most = 0;
  for (const ModalityId id : schema.ids())
    most = std::max(most, std::count_if(subsets.begin(), subsets.end(),
                                        [id](ModalitySet set) { return set.contains(id); }));
  return static_cast<double>(most);
}

/// Whether some steps look at every subset's own gradient.
bool needsRows(const RunConfig& config) {
  return gradientMethodNamed(config.train.method).decouples || config.train.observeEvery > 0;
}

/// Cotangents of each modality that go back at once through late fusion.
double stackedCotangents(const RunConfig& config, double longest) {
  if (!needsRows(config)) return 1;
  const bool shortened = gradientMethodNamed(config.train.method).decouples &&
                         config.gmd.tolerance > 0 && config.gmd.auditEvery == 0;
  return shortened ? std::min<double>(kUsualRank, longest) : longest;
}

std::string gigabytes(double bytes) {
  std::array<char, 32> text{};
  const double gb = std::max(bytes / 1e9, 0.1);  // "0.0 GB" says nothing
  std::snprintf(text.data(), text.size(), gb < 10 ? "%.1f GB" : "%.0f GB", gb);
  return text.data();
}

/// What to do about gradients of single subsets. Only late fusion shortens their backward pass.
std::string adviceOnRows(const RunConfig& config, Task task) {
  if (!gradientMethodNamed(config.train.method).decouples)
    return ", or set train.observe_every to 0";
  const std::string fewer = " take fewer subsets at once (gmd.subsets_per_step)";
  const auto rows = networksOf(factsOf(task).data);
  const bool late = std::any_of(rows.begin(), rows.end(), [&](const NetworkFacts& row) {
    return row.lateFusion && row.name == config.model.kind;
  });
  if (!late) return ", or" + fewer;
  return "," + fewer + ", or set gmd.tolerance to 0.01 and gmd.audit_every to 0";
}

}  // namespace

double lastingBytes(const MultimodalModel& model) {
  return kFloat * 6 * static_cast<double>(model.layout().total()) + kLibraries;
}

MemoryEstimate estimateStep(const RunConfig& config, const MultimodalModel& model) {
  const ModelDescription words = model.describe();
  const auto all = namedSubsets(words.schema, config.gmd.subsets);
  const auto modalities = static_cast<double>(words.schema.size());
  double subsets = static_cast<double>(all.size());
  if (config.gmd.subsetsPerStep > 0)
    subsets = std::min(subsets, static_cast<double>(config.gmd.subsetsPerStep));
  const double longest = std::min(longestOf(all, words.schema), subsets);
  const NetworkFacts& network = networkNamed(words.kind, Task::Segmentation3d);
  const HalfPasses passes = passesOf(network, modalities, subsets);
  const UnetNumbers numbers = numbersOf(config, passes);
  const auto batch = static_cast<double>(config.train.batch);
  const auto parameters = static_cast<double>(model.layout().total());
  const bool late = network.lateFusion;
  const double stacked = late ? modalities * stackedCotangents(config, longest) : 1;
  const double crop = static_cast<double>(config.train.crop);
  const double logits = static_cast<double>(words.outputs.size()) * crop * crop * crop;

  MemoryEstimate bytes;
  bytes.weights = lastingBytes(model);
  if (needsRows(config))
    bytes.rows = kFloat * parameters * (late ? kRowCopies * stacked : 2 * subsets);
  bytes.activations =
      kFloat * batch * (passes.encoders * numbers.encoder + passes.decoders * numbers.decoder);
  bytes.cotangents = kFloat * batch * numbers.comingBack(passes);
  bytes.outputs = kFloat * batch * logits * (3 * subsets + stacked);
  return bytes;
}

std::string describe(const MemoryEstimate& estimate, std::optional<std::uint64_t> available) {
  return "A training step takes about " + gigabytes(estimate.total()) + " of memory" +
         (available ? "; " + gigabytes(static_cast<double>(*available)) + " are free." : ".");
}

std::string memoryAdvice(const RunConfig& config, Task task) {
  std::array<char, 32> width{};
  std::snprintf(width.data(), width.size(), "%g", config.model.width);
  std::vector<std::pair<std::string, std::string>> settings;
  if (concerns("train.crop", task))
    settings.emplace_back("train.crop", std::to_string(config.train.crop));
  if (config.train.batch > 1)
    settings.emplace_back("train.batch", std::to_string(config.train.batch));
  if (concerns("model.width", task)) settings.emplace_back("model.width", width.data());
  if (concerns("model.embedding", task))
    settings.emplace_back("model.embedding", std::to_string(config.model.embedding));
  std::string advice = "Lower ";
  for (std::size_t i = 0; i < settings.size(); ++i)
    advice += (i == 0                    ? ""
               : i + 1 < settings.size() ? ", "
                                         : " or ") +
              settings[i].first + " (" + settings[i].second + ")";
  if (needsRows(config)) advice += adviceOnRows(config, task);
  return advice + ".";
}

bool surelyExceeds(const MemoryEstimate& estimate, std::optional<std::uint64_t> available) {
  return available && kSurely * estimate.total() >= static_cast<double>(*available);
}

void requireMemory(const MemoryEstimate& estimate, std::optional<std::uint64_t> available,
                   const RunConfig& config, Task task) {
  if (!surelyExceeds(estimate, available)) return;
  throw Error("There is not enough memory for this run: " + describe(estimate, available) + " " +
                  memoryAdvice(config, task),
              Fault::System);
}

}  // namespace modascope
