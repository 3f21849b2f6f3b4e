#pragma once

#include <QString>

#include "core/events/events.h"

namespace modascope {

/// Weights and biases of a block's two convolutions of 3 × 3 × 3.
inline std::int64_t twoConvolutions(std::int64_t in, std::int64_t mid, std::int64_t out) {
  return 27 * in * mid + mid + 27 * mid * out + out;
}

/// The U of width 0.5: 16, 32, 64, 128, 128 channels, as `blocks` of shared convolutions and of
/// normalisations (a scale and a shift per channel) of each modality.
inline std::vector<BlockDescription> blocksOfTheU() {
  const auto block = [](const char* name, const char* kind, int level, std::int64_t in,
                        std::int64_t mid, std::int64_t out) {
    return BlockDescription{name, kind, level, twoConvolutions(in, mid, out), 2 * (mid + out)};
  };
  return {block("in", "encoder", 0, 1, 16, 16),
          block("down 1", "encoder", 1, 16, 32, 32),
          block("down 2", "encoder", 2, 32, 64, 64),
          block("down 3", "encoder", 3, 64, 128, 128),
          block("down 4", "bottleneck", 4, 128, 128, 128),
          block("up 1", "decoder", 3, 256, 128, 64),
          block("up 2", "decoder", 2, 128, 64, 32),
          block("up 3", "decoder", 1, 64, 32, 16),
          block("up 4", "decoder", 0, 32, 16, 16),
          {"head", "head", 0, 16 * 3 + 3, 0}};
}

/// The U with the first `own` blocks of each modality and the rest shared.
inline std::vector<BlockDescription> blocksWithOwn(std::size_t own) {
  auto blocks = blocksOfTheU();
  for (std::size_t i = 0; i < blocks.size(); ++i) {
    const std::int64_t all = blocks[i].sharedParameters + blocks[i].perModalityParameters;
    blocks[i].sharedParameters = i < own ? 0 : all;
    blocks[i].perModalityParameters = i < own ? all : 0;
  }
  return blocks;
}

/// What the networks of width 0.5 say of themselves; those of `ds-norm` and `ds-encoder` to the
/// parameter, the others in their form.
inline ModelDescription described(const QString& kind, const ModalitySchema& schema) {
  ModelDescription model{kind.toStdString(), schema, {"wt", "tc", "et"}, {}, true};
  if (kind == "ds-norm") {
    model.blocks = blocksOfTheU();
    model.blocks.push_back({"mean of logits", "fusion", 0, 0, 0});
  } else if (kind == "early-fusion") {
    model.branchPerModality = false;
    model.blocks = blocksWithOwn(0);
    model.blocks.insert(model.blocks.begin(), {"channels, missing = 0", "fusion", 0, 0, 0});
  } else if (kind == "independent") {
    model.branchPerModality = false;
    for (const ModalitySet set : allSubsets(schema)) {
      model.blocks.push_back({labelOf(schema, set), "network", 0, 3238611, 0, set});
    }
  } else {
    const bool hemis = kind == "hemis";
    model.blocks = blocksWithOwn(hemis ? 5 : 2);
    model.blocks.insert(model.blocks.begin() + 5,
                        {hemis ? "mean and variance" : "mean of features", "fusion", 4, 0, 0});
  }
  return model;
}

}  // namespace modascope
