#pragma once

#include <torch/types.h>

#include "core/base/seed.h"
#include "core/data/preprocessing.h"
#include "core/data/sample.h"
#include "core/problem/corruption.h"

namespace modascope {

/// The input [C, …] of a sample with all of its modalities corrupted (not `Absent`). Numbers are
/// standardised ones, of mean 0 and deviation 1. `other` is looked at for `Shuffled` alone; its
/// pictures are stretched to the size of this one's.
torch::Tensor corrupted(const Sample& sample, Corruption how, const Sample& other, Seed seed);
/// The same of a volume, inside the head (where the intact one is not zero) except for `Shuffled`.
/// A modality that either of them lacks stays absent.
PreparedCase corrupted(const PreparedCase& patient, Corruption how, const PreparedCase& other,
                       Seed seed);

}  // namespace modascope
