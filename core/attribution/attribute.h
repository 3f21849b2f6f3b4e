#pragma once

#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/case.h"
#include "core/inference/volumes/segmenter.h"
#include "core/metrics/attribution.h"

namespace modascope {

/// Whose logits are summed, and over which voxels.
struct AttributionTarget {
  Region region;
  /// Voxels other than 0 count, on the case's own grid; without: those predicted as the region.
  std::shared_ptr<const LabelVolume> picked = nullptr;
};

struct AttributionRequest {
  ModalitySet set;                         ///< that the network sees; the case has all of it
  std::vector<AttributionTarget> targets;  ///< several cost little more than one
  std::string layer = {};                  ///< empty: `defaultAttributionLayer`
};

/// Names of the layers where each modality has activations of its own, in the order in which data
/// flows: every block of ds-norm but the head, the encoder's levels of ds-encoder and hemis.
/// Early-fusion and independent networks mix modalities in the first convolution and have none.
std::vector<std::string> attributionLayers(const MultimodalModel& model);
/// The last one, which keeps most of the gradient: behind `ds-norm`'s is the head alone, and no
/// normalisation takes the gradient's mean out again (see attribution.md in the manual). Nothing
/// where there are no layers.
std::optional<std::string> defaultAttributionLayer(const MultimodalModel& model);
/// Throws `Error` naming the layers that there are, unless this is one of them.
void requireAttributionLayer(const MultimodalModel& model, const std::string& layer);

/// What the removal of each modality of `set` costs the target's region: the case's own truth is
/// the measure where it has the region, else the prediction from all of the set. Networks without
/// late fusion pass over the case for each subset that was not asked for before. Nothing when
/// stopped, which is asked before each removal.
std::optional<Removals> measureRemovals(const Case& patient, const CasePrediction& prediction,
                                        ModalitySet set, const AttributionTarget& target,
                                        std::stop_token stop = {});

/// Grad-CAM maps (see grad_cam.h), shares and removals, one answer a target, with the maps on the
/// case's own grid and 0 outside the head: where every image that the case has is 0. A target
/// without voxels, and a network without layers of its own, get no maps and a sentence why.
/// `prediction` is the segmenter's of the same case. Nothing when stopped. Throws `Error` on a
/// layer that the network does not have.
std::optional<std::vector<Attribution>> attribute(const Segmenter& segmenter, const Case& patient,
                                                  const CasePrediction& prediction,
                                                  const AttributionRequest& request,
                                                  std::stop_token stop = {},
                                                  const TileProgress& progress = {});

}  // namespace modascope
