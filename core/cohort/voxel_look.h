#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/cohort/cohort.h"

namespace modascope {

/// Reads all voxels of a volume case whose headers are known: whether they are there, finite and
/// known labels, and whether the segmentation marks anything in the images. What is found joins the
/// notes; a reason to exclude the case comes last. A case that is excluded already keeps its own
/// last note. Throws only what is not the files' fault (`Fault::System`). Once `stop` was asked
/// for, no further file is read: what is returned then is of no use.
CaseInfo lookAtVoxels(const CaseInfo& headers, const std::stop_token& stop = {});

/// Why a segmentation cannot be used although it was read; nothing when it can. `own` is what the
/// file marks, `placed` the same on the images' grid.
std::optional<std::string> whyNotInside(const std::string& name, const LabelVolume& own,
                                        const LabelVolume& placed);

}  // namespace modascope
