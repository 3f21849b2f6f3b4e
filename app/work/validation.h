#pragma once

#include <memory>
#include <vector>

#include "core/inference/segmenter.h"
#include "core/metrics/subset_table.h"

namespace modascope {

/// Hard Dice of all subsets over several cases. `each`, where given, hears of every case as it is
/// done. Nothing when stopped.
std::optional<SubsetTable> evaluateCases(
    const Segmenter& segmenter, const std::vector<CaseInfo>& cases, const ModalitySchema& schema,
    std::stop_token stop = {},
    const std::function<void(const CaseInfo&, const SubsetTable&)>& each = {});

}  // namespace modascope
