#pragma once

#include <array>
#include <random>

#include "core/phantom/phantom_tumour.h"

namespace modascope {

/// What a voxel is made of, in this order: fluid, grey matter, white matter, oedema, enhancing
/// tumour, necrosis.
using TissueParts = std::array<double, 6>;
TissueParts partsOf(const BrainMix& healthy, const TumourMix& tumour);

/// The brightness of each of these tissues in one modality.
using TissueSignals = std::array<double, 6>;

/// The four sequences of BraTS, in its order, as they come out for one patient: the spin-echo
/// and inversion-recovery equations with relaxation times of 3 T. `rng` varies the patient's
/// tissue, the scanner's timing and the dose of contrast agent.
std::array<TissueSignals, 4> signalsOf(std::mt19937_64& rng);

}  // namespace modascope
