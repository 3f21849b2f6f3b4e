#pragma once

#include <random>
#include <string_view>
#include <vector>

#include "core/modality/modality.h"
#include "core/train/subset_losses.h"

namespace modascope {

/// "all", "singletons", "pairs", "leave-one-out" or "full", in the order of `allSubsets`. Throws
/// `Error` otherwise.
std::vector<ModalitySet> namedSubsets(const ModalitySchema& schema, std::string_view name);

/// `count` of them, each as likely as any other, in their order; all when count is 0 or larger.
std::vector<ModalitySet> drawSubsets(std::vector<ModalitySet> subsets, std::size_t count,
                                     std::mt19937_64& rng);

/// Modality dropout: one subset for each sample, drawn among those that it has all of. Each task's
/// weight is its share of the samples. Samples that have none of the subsets are left out.
std::vector<SubsetTask> droppedTasks(const std::vector<ModalitySet>& available,
                                     const std::vector<ModalitySet>& subsets, std::mt19937_64& rng);

}  // namespace modascope
