#pragma once

#include <string>

#include "core/phantom/phantom.h"

namespace modascope {

/// T2 and ADC of a pelvis with a gland, and one region: a lesion that is dark in both. Something
/// else that is dark in T2 alone lies beside it, so that both modalities are needed.
Problem prostateProblem();
/// What the problem.toml beside its cases says.
std::string prostateToml();
/// Sizes, seed and index as `makePhantom` has them.
Case makeProstate(const PhantomOptions& options, int index);

}  // namespace modascope
