#pragma once

#include <cstddef>

#include "app/work/run_setup.h"

namespace modascope {

/// On made-up cases as large as the crop, without files. `modalities` 1…8: the phantoms' own four,
/// or mixtures of them.
RunParts phantomParts(const RunConfig& config, std::size_t modalities = 4);

}  // namespace modascope
