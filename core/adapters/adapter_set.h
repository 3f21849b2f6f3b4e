#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <torch/types.h>

#include "core/adapters/adapter.h"
#include "core/modality/modality.h"
#include "core/models/model.h"

namespace modascope {

/// An adapter with what it has learnt.
struct LearntAdapter {
  std::shared_ptr<const Adapter> adapter;
  torch::Tensor delta;  ///< [count]
};

/// What one frozen network has learnt for subsets of its modalities, by one method. The full set
/// needs no adapter: it is the frozen network itself.
class AdapterSet {
 public:
  static constexpr double kBudgetPercent = 0.7;  ///< of Θ, a subset (METHOD section 5)

  /// Empty. Throws `Error` when there is no such method.
  AdapterSet(AdapterMethod method, const MultimodalModel& base);

  const AdapterMethod& method() const { return method_; }
  const ModalitySchema& schema() const { return schema_; }
  std::int64_t baseParameters() const { return layout_.total(); }
  const std::string& baseFingerprint() const { return fingerprint_; }
  /// Throws `Error` when the network is not the one that the adapters were made for.
  void requireBase(const MultimodalModel& base) const;

  /// The adapter of a subset, learnt or not.
  std::unique_ptr<Adapter> adapterFor(ModalitySet set) const;
  /// `delta` [count], cloned; takes the place of an earlier one. Throws `Error` for the full set or
  /// another length.
  void put(ModalitySet set, const torch::Tensor& delta);
  /// Null if the subset has learnt nothing.
  const LearntAdapter* find(ModalitySet set) const;
  /// Those that have learnt, in the order of `allSubsets`.
  std::vector<ModalitySet> subsets() const;

  /// Learnt numbers of a subset, and in percent of Θ; 0 where nothing was learnt.
  std::int64_t learntCount(ModalitySet set) const;
  double learntPercent(ModalitySet set) const;
  /// Over the subsets that have learnt.
  double largestPercent() const;
  /// A sentence when a subset learnt more than the budget.
  std::optional<std::string> budgetWarning() const;

 private:
  AdapterMethod method_;
  ModalitySchema schema_;
  ParameterLayout layout_;  ///< of the base
  std::string fingerprint_;
  std::map<ModalitySet, LearntAdapter> learnt_;
};

}  // namespace modascope
