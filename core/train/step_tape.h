#pragma once

#include <memory>
#include <vector>

#include "core/gmd/gradient_rows.h"
#include "core/models/model.h"
#include "core/train/subset_losses.h"

namespace modascope {

/// Every subset's gradient, rebuilt from few backward passes (METHOD 2.1).
struct BasisRows {
  GradientRows rows;
  std::vector<int> ranks;         ///< passes a modality
  std::vector<double> discarded;  ///< energy left out, a modality
};

/// A step's forward pass with its losses, ready for any gradient of theirs, whatever the network.
class StepTape {
 public:
  virtual ~StepTape() = default;

  const SubsetLosses& losses() const { return losses_; }
  /// The gradient of Σ_S weight_S L_S in one backward pass: [P].
  virtual torch::Tensor jointGradient() const = 0;
  /// Every subset's gradient, exactly.
  virtual GradientRows exactRows() const = 0;
  /// Every subset's gradient with at most `tolerance` of each modality's backward energy left out.
  /// Only late fusion has a shorter way; other networks throw `Error`.
  virtual BasisRows basisRows(double tolerance) const = 0;

 protected:
  SubsetLosses losses_;
};

/// x [N, M, …], y [N, K, …].
std::unique_ptr<StepTape> recordStep(const MultimodalModel& model, const torch::Tensor& x,
                                     const torch::Tensor& y, const std::vector<SubsetTask>& tasks,
                                     LossKind kind);

}  // namespace modascope
