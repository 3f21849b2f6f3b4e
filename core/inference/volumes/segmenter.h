#pragma once

#include <functional>
#include <memory>
#include <stop_token>

#include "core/data/case.h"
#include "core/data/preprocessing.h"

namespace modascope {

class MultimodalModel;
class LogitCache;

/// How a network was trained, as far as prediction needs to know.
struct SegmenterOptions {
  std::int64_t window = 48;  ///< voxels along each axis, the crop of training
  double overlap = 0.5;      ///< of neighbouring windows, 0 ≤ overlap < 1
  Vec3 spacing{1, 1, 1};     ///< mm, of the training grid
  std::string preprocessing = "zscore";
  RegionSchema regions = {};  ///< the network's outputs
};

/// Tiles done and to do; called on the thread that predicts.
using TileProgress = std::function<void(int done, int total)>;

/// A network's probabilities [K, D, H, W] of a case, on the grid that it sees.
struct Probabilities {
  VoxelGrid grid;
  std::vector<float> values;
};

/// What is given in the place of modalities that are left out of a set: the same case with every
/// modality replaced, on the same grid. Nothing: they are absent.
using StandIn = std::function<PreparedCase(const PreparedCase&)>;

/// One case as a network sees it. With late fusion every available modality's logits are computed
/// once and any subset is their mean, so that all subsets cost one pass per modality; other
/// networks pass over the case once for a subset. Cheap to copy; immutable.
class CasePrediction {
 public:
  CasePrediction(std::shared_ptr<const LogitCache> logits, VoxelGrid grid);

  ModalitySet available() const;
  const VoxelGrid& grid() const { return grid_; }
  const RegionSchema& regions() const;
  /// Labels of the regions, see `labelsOf`, on the case's own grid. Throws `Error` if `set` holds a
  /// modality that the case does not have.
  LabelVolume segment(ModalitySet set) const;
  /// The same for who may lose patience: nothing when stopped. Only a network without late fusion
  /// has progress to tell, the first time that it is asked for a set.
  std::optional<LabelVolume> segment(ModalitySet set, std::stop_token stop,
                                     const TileProgress& progress = {}) const;
  Probabilities probabilities(ModalitySet set) const;

 private:
  std::shared_ptr<const LogitCache> logits_;
  VoxelGrid grid_;
};

/// Predicts whole cases with one network, by overlapping windows.
class Segmenter {
 public:
  /// The options name the network's regions.
  Segmenter(std::shared_ptr<const MultimodalModel> model, SegmenterOptions options);

  const MultimodalModel& model() const { return *model_; }
  const SegmenterOptions& options() const { return options_; }

  /// Nothing when `stop` was asked for. Throws `Error` when the case has no modality of the model.
  std::optional<CasePrediction> predict(const Case& patient, std::stop_token stop = {},
                                        const TileProgress& progress = {}) const;
  /// Subsets of the prediction are then those modalities that are intact.
  std::optional<CasePrediction> predict(const Case& patient, const StandIn& standIn,
                                        std::stop_token stop = {},
                                        const TileProgress& progress = {}) const;

 private:
  std::shared_ptr<const MultimodalModel> model_;
  SegmenterOptions options_;
};

}  // namespace modascope
