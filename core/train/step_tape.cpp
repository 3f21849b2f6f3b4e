#include "core/train/step_tape.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/gmd/cotangent_basis.h"
#include "core/gmd/matrix_tensor.h"

namespace modascope {
namespace {

using torch::Tensor;

Matrix part(const Matrix& gram, const std::vector<std::size_t>& indices) {
  Matrix chosen(indices.size(), indices.size());
  for (std::size_t i = 0; i < indices.size(); ++i)
    for (std::size_t j = 0; j < indices.size(); ++j) chosen(i, j) = gram(indices[i], indices[j]);
  return chosen;
}

/// With late fusion f_S = 1/|S| Σ_{m∈S} f_m, what a subset's loss sends to each of its modalities'
/// logits is c_S / |S|, so that cotangents of several subsets combine before they go back.
class LateFusionStep : public StepTape {
 public:
  LateFusionStep(const LateFusionModel& model, const Tensor& x, const Tensor& y,
                 const std::vector<SubsetTask>& tasks, LossKind kind)
      : branches_(model.record(x)) {
    losses_ = subsetLosses(tasks, branches_->logits(), y, kind);
    for (std::int64_t m = 0; m < branches_->logits().size(1); ++m)
      with_.push_back(tasksWith(ModalityId(static_cast<std::size_t>(m))));
  }

  Tensor jointGradient() const override {
    Matrix weights(with_.size(), losses_.tasks.size());
    for (std::size_t m = 0; m < with_.size(); ++m)
      for (const std::size_t s : with_[m]) weights(m, s) = losses_.tasks[s].weight * share(s);
    return branches_->pullBackSum(combined(weights).squeeze(2));
  }

  GradientRows exactRows() const override {
    const std::size_t most = longest();
    Matrix combine(with_.size() * most, losses_.tasks.size());
    Matrix mix(losses_.tasks.size(), with_.size() * most);
    for (std::size_t m = 0; m < with_.size(); ++m)
      for (std::size_t r = 0; r < with_[m].size(); ++r) {
        combine(m * most + r, with_[m][r]) = 1;
        mix(with_[m][r], m * most + r) = share(with_[m][r]);
      }
    return {setsOf(losses_.tasks), branches_->pullBackRows(combined(combine)), mix};
  }

  BasisRows basisRows(double tolerance) const override {
    const auto bases = basesFor(tolerance);
    const std::size_t rank = std::max_element(bases.begin(), bases.end(), [](auto& a, auto& b) {
                               return a.rank() < b.rank();
                             })->rank();
    if (rank == 0) return {exactRows(), std::vector<int>(with_.size(), 0), zeros()};
    Matrix combine(with_.size() * rank, losses_.tasks.size());
    Matrix mix(losses_.tasks.size(), with_.size() * rank);
    BasisRows result;
    for (std::size_t m = 0; m < with_.size(); ++m) {
      for (std::size_t k = 0; k < bases[m].rank(); ++k)
        for (std::size_t i = 0; i < with_[m].size(); ++i) {
          const std::size_t s = with_[m][i];
          combine(m * rank + k, s) = bases[m].combine(k, i);
          mix(s, m * rank + k) = bases[m].rebuild(i, k) * share(s);
        }
      result.ranks.push_back(static_cast<int>(bases[m].rank()));
      result.discarded.push_back(bases[m].discarded);
    }
    result.rows = {setsOf(losses_.tasks), branches_->pullBackRows(combined(combine)), mix};
    return result;
  }

 private:
  std::vector<std::size_t> tasksWith(ModalityId m) const {
    std::vector<std::size_t> with;
    for (std::size_t s = 0; s < losses_.tasks.size(); ++s)
      if (losses_.tasks[s].set.contains(m)) with.push_back(s);
    return with;
  }

  double share(std::size_t s) const {
    return 1.0 / static_cast<double>(losses_.tasks[s].set.size());
  }

  std::size_t longest() const {
    std::size_t most = 0;
    for (const auto& with : with_) most = std::max(most, with.size());
    return most;
  }

  std::vector<double> zeros() const { return std::vector<double>(with_.size(), 0.0); }

  std::vector<CotangentBasis> basesFor(double tolerance) const {
    const Tensor cotangents = flat();
    const Matrix gram = asMatrix(at::matmul(cotangents, cotangents.t()));
    std::vector<CotangentBasis> bases;
    for (const auto& with : with_) bases.push_back(cotangentBasis(part(gram, with), tolerance));
    return bases;
  }

  /// [S, N·K·…]
  Tensor flat() const { return at::stack(losses_.cotangents).flatten(1); }

  /// weights [M·R, S] → Σ_s weights(e, s) c_s as [N, M, R, K, …].
  Tensor combined(const Matrix& weights) const {
    const Tensor& f = branches_->logits();
    const auto m = f.size(1);
    auto shape = f.sizes().vec();  // [N, M, K, …] → [M, R, N, K, …]
    shape.erase(shape.begin() + 1);
    shape.insert(shape.begin(), {m, static_cast<std::int64_t>(weights.rows()) / m});
    const Tensor sums = at::matmul(asTensor(weights, f.options()), flat()).view(shape);
    return sums.movedim(2, 0).contiguous();
  }

  std::unique_ptr<BranchTape> branches_;
  std::vector<std::vector<std::size_t>> with_;  ///< of each modality, the tasks that have it
};

/// Any other network: one backward pass a subset.
class PlainStep : public StepTape {
 public:
  PlainStep(const MultimodalModel& model, const Tensor& x, const Tensor& y,
            const std::vector<SubsetTask>& tasks, LossKind kind)
      : tape_(model.recordSubsets(x, setsOf(tasks))) {
    losses_ = subsetLosses(tasks, tape_->outputs(), y, kind);
  }

  Tensor jointGradient() const override {
    std::vector<Tensor> cotangents;
    for (std::size_t s = 0; s < losses_.tasks.size(); ++s)
      cotangents.push_back(losses_.cotangents[s] * losses_.tasks[s].weight);
    return tape_->pullBack(cotangents);
  }

  GradientRows exactRows() const override {
    std::vector<Tensor> rows;
    for (std::size_t s = 0; s < losses_.tasks.size(); ++s) {
      std::vector<Tensor> cotangents(losses_.tasks.size());
      cotangents[s] = losses_.cotangents[s];
      rows.push_back(tape_->pullBack(cotangents));
    }
    return {setsOf(losses_.tasks), at::stack(rows), identity(rows.size())};
  }

  BasisRows basisRows(double) const override {
    throw Error("gmd.tolerance shortens the backward pass of late fusion only; set it to 0.");
  }

 private:
  std::unique_ptr<SubsetTape> tape_;
};

}  // namespace

std::unique_ptr<StepTape> recordStep(const MultimodalModel& model, const Tensor& x, const Tensor& y,
                                     const std::vector<SubsetTask>& tasks, LossKind kind) {
  if (const auto* late = dynamic_cast<const LateFusionModel*>(&model))
    return std::make_unique<LateFusionStep>(*late, x, y, tasks, kind);
  return std::make_unique<PlainStep>(model, x, y, tasks, kind);
}

}  // namespace modascope
