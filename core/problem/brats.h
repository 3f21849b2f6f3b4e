#pragma once

#include <cstdint>

#include "core/modality/modality.h"
#include "core/problem/problem.h"
#include "core/problem/regions/region.h"

namespace modascope {

/// Brain tumours as the BraTS challenges have them. Inside the program their segmentations use
/// these values, whatever a file did.
enum class Tissue : std::uint8_t { Background = 0, Necrosis = 1, Oedema = 2, Enhancing = 4 };

/// T1, T1ce, T2, FLAIR, in this order.
const ModalitySchema& bratsModalities();
/// WT ⊃ TC ⊃ ET: any tissue, necrosis or enhancing, enhancing.
const RegionSchema& bratsRegions();
/// These regions from these modalities: what volumes are about where nothing else is stated.
const Problem& bratsProblem();

}  // namespace modascope
