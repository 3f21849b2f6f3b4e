#pragma once

#include <vector>

#include "core/data/case.h"
#include "core/demo/demo.h"

namespace modascope {

/// Where a case may lie outside of what a network has learnt: another voxel spacing than that of
/// its training (more than a quarter), images that reach to their borders as where the skull was
/// not taken off, images without anything, and intensities far from the others of their image.
std::vector<CaseDoubt> doubtsAbout(const Case& patient, const std::vector<double>& trainedMm);

}  // namespace modascope
