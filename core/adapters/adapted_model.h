#pragma once

#include <list>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "core/adapters/adapter_set.h"
#include "core/models/model.h"

namespace modascope {

/// The base with the adapter's effective parameters, a network of its own.
std::unique_ptr<MultimodalModel> folded(const MultimodalModel& base, const LearntAdapter& learnt);

/// A frozen network that answers for each subset with the subset's adapter folded in; for the full
/// set, and where nothing was learnt, it is the frozen network itself. Layout and parameters are
/// the base's, which must not change any more.
///
/// Any thread may call what is const, as far as the base allows it.
class AdaptedModel : public MultimodalModel {
 public:
  /// Throws `Error` when the adapters are not the base's.
  AdaptedModel(std::shared_ptr<const MultimodalModel> base, AdapterSet adapters);

  const MultimodalModel& base() const { return *base_; }
  const AdapterSet& adapters() const { return adapters_; }
  /// How many numbers change from the full set to this one.
  std::int64_t switchedParameters(ModalitySet set) const { return adapters_.learntCount(set); }
  /// The network that answers for a subset.
  std::shared_ptr<const MultimodalModel> networkFor(ModalitySet set) const;

  std::unique_ptr<MultimodalModel> copy() const override;
  /// The base's own words; the kind is "early-fusion + ssf".
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return base_->granularity(); }
  bool sharesParameters() const override { return base_->sharesParameters(); }
  torch::Tensor logits(const torch::Tensor& x, ModalitySet set) const override;
  /// Gradients are of the base's parameters.
  std::unique_ptr<SubsetTape> recordSubsets(const torch::Tensor& x,
                                            const std::vector<ModalitySet>& subsets) const override;
  std::vector<OwnLayer> ownLayers() const override { return base_->ownLayers(); }
  LayerCut cutAt(std::size_t layer, const torch::Tensor& x, ModalitySet set) const override;

 private:
  using Folded = std::pair<ModalitySet, std::shared_ptr<const MultimodalModel>>;
  static constexpr std::size_t kKept = 4;

  std::shared_ptr<const MultimodalModel> base_;
  AdapterSet adapters_;
  mutable std::mutex mutex_;
  mutable std::list<Folded> kept_;  ///< last used first; behind `mutex_`
};

}  // namespace modascope
