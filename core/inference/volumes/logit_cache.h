#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include <torch/types.h>

#include "core/data/preprocessing.h"
#include "core/inference/volumes/segmenter.h"
#include "core/models/model.h"

namespace modascope {

/// What a network says of a whole case, on the grid that it sees. With late fusion each modality's
/// logits are there from the start and any subset is their mean; other networks pass over the case
/// once for a subset, when it is first asked for, and the labels are kept.
class LogitCache {
 public:
  /// Goes over the case for one subset: [K, D, H, W]; nothing when stopped.
  using Pass = std::function<std::optional<torch::Tensor>(ModalitySet, std::stop_token,
                                                          const TileProgress&)>;

  /// Late fusion. logits f [|available|, K, D, H, W], in the order of `available.ids()`; or twice
  /// as many: of those that take the places of what is left out, after them.
  LogitCache(torch::Tensor logits, ModalitySet available, RegionSchema regions, VoxelGrid grid);
  LogitCache(Pass pass, ModalitySet available, RegionSchema regions, VoxelGrid grid);

  ModalitySet available() const { return available_; }
  const RegionSchema& regions() const { return regions_; }
  const VoxelGrid& grid() const { return grid_; }
  /// The subset's logits, [K, D, H, W].
  torch::Tensor fused(ModalitySet set) const;
  /// See `labelsOf`. Nothing when stopped. Any thread may ask.
  std::optional<LabelVolume> labels(ModalitySet set, std::stop_token stop = {},
                                    const TileProgress& progress = {}) const;

 private:
  struct Kept;

  void requireAvailable(ModalitySet set) const;
  /// Of `logits_`.
  std::vector<std::size_t> rowsOf(ModalitySet set) const;

  torch::Tensor logits_;
  Pass pass_;
  std::shared_ptr<Kept> kept_;
  ModalitySet available_;
  RegionSchema regions_;
  VoxelGrid grid_;
};

/// A case, and what takes the places of modalities that are left out of a set.
struct WindowInput {
  const PreparedCase& patient;
  const PreparedCase* standIn = nullptr;
};

/// Overlapping cubes whose logits are blended with a Gaussian weight. Nothing when stopped.
std::optional<LogitCache> slidingWindow(std::shared_ptr<const MultimodalModel> model,
                                        const WindowInput& input, const SegmenterOptions& options,
                                        std::stop_token stop, const TileProgress& progress);

}  // namespace modascope
