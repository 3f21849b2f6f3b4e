#pragma once

#include <optional>
#include <stop_token>
#include <string>

#include "core/attribution/attribute.h"
#include "core/problem/regions/region.h"
#include "core/volume/volume.h"

namespace modascope {

/// The innermost of nested regions in which something was found, else the first such; where nothing
/// was, the innermost or first of all.
const Region& tellingRegion(const RegionSchema& regions, const LabelVolume& found);

/// The deepest of a network's layers at which the map of a region names the modality whose removal
/// costs most; else the deepest at which there is evidence at all, or the default one. Empty for a
/// network without layers of its own. Nothing when stopped.
std::optional<std::string> tellingLayer(const Segmenter& segmenter, const Case& patient,
                                        const CasePrediction& prediction, const Region& region,
                                        std::stop_token stop = {});

}  // namespace modascope
