#pragma once

#include <functional>
#include <stop_token>

#include <torch/types.h>

#include "core/data/preprocessing.h"
#include "core/inference/segmenter.h"
#include "core/models/model.h"

namespace modascope {

/// Each available modality's logits for a whole case, on the grid that the network sees.
class LogitCache {
 public:
  /// logits f [|available|, K, D, H, W], in the order of `available.ids()`.
  LogitCache(torch::Tensor logits, ModalitySet available, VoxelGrid grid);

  ModalitySet available() const { return available_; }
  const VoxelGrid& grid() const { return grid_; }
  /// Mean of the set's logits, [K, D, H, W].
  torch::Tensor fused(ModalitySet set) const;
  /// Regions where the mean is above 0 (sigmoid above 0.5), as labels: ET, else NCR where TC, else
  /// ED where WT (METHOD section 4).
  LabelVolume labels(ModalitySet set) const;

 private:
  torch::Tensor logits_;
  ModalitySet available_;
  VoxelGrid grid_;
};

/// Overlapping cubes whose logits are blended with a Gaussian weight. Nothing when stopped.
std::optional<LogitCache> slidingWindow(const LateFusionModel& model, const PreparedCase& patient,
                                        const SegmenterOptions& options, std::stop_token stop,
                                        const TileProgress& progress);

}  // namespace modascope
