#pragma once

#include <functional>
#include <vector>

#include <torch/types.h>

#include "core/events/events.h"
#include "core/modality/modality.h"

namespace modascope {

/// Features of a modality, one tensor [N, C, …] a level, top first.
using FeatureLevels = std::vector<torch::Tensor>;

/// Runs `encode` once for each modality that any of the subsets has, on its channel [N, 1, …] of
/// x [N, M, …]. Modalities that none has stay empty.
std::vector<FeatureLevels> featuresOf(
    const torch::Tensor& x, const std::vector<ModalitySet>& subsets,
    const std::function<FeatureLevels(ModalityId, const torch::Tensor&)>& encode);

/// Makes one tensor of the available modalities' features.
using Fusion = torch::Tensor (*)(const std::vector<torch::Tensor>&);
torch::Tensor meanOf(const std::vector<torch::Tensor>& features);
/// [mean, variance] along the channels, the variance over n − 1 and 0 for a single modality.
/// Source: HeMIS, Havaei et al., MICCAI 2016 (arXiv 1607.05194).
torch::Tensor meanAndVarianceOf(const std::vector<torch::Tensor>& features);

/// Every level's features of the set's modalities, fused.
FeatureLevels fusedFeatures(const std::vector<FeatureLevels>& features, ModalitySet set,
                            Fusion fuse);

/// Parameters counted as shared become each modality's own.
std::vector<BlockDescription> ownedByEachModality(std::vector<BlockDescription> blocks);

}  // namespace modascope
