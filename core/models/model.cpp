#include "core/models/model.h"

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/parameter_parts.h"

namespace modascope {
namespace {

using torch::Tensor;

constexpr double kTokenBound = 0.035;  // a standard deviation of 0.02

/// Late fusion seen as one output a subset: the mean of its branches.
class MeanTape : public SubsetTape {
 public:
  /// `which`: of the tape's branches, those that some subset has.
  MeanTape(std::unique_ptr<BranchTape> branches, const std::vector<ModalityId>& which,
           const std::vector<ModalitySet>& subsets)
      : branches_(std::move(branches)) {
    const Tensor& f = branches_->logits();
    for (const ModalitySet set : subsets) {
      branchesOf_.emplace_back();
      for (std::size_t b = 0; b < which.size(); ++b)
        if (set.contains(which[b])) branchesOf_.back().push_back(static_cast<std::int64_t>(b));
      const Tensor own = torch::tensor(branchesOf_.back(), torch::kLong).to(f.device());
      outputs_.push_back(f.index_select(1, own).mean(1));
    }
  }

  const std::vector<Tensor>& outputs() const override { return outputs_; }

  Tensor pullBack(const std::vector<Tensor>& cotangents) const override {
    Tensor sums = torch::zeros_like(branches_->logits());
    for (std::size_t s = 0; s < branchesOf_.size(); ++s) {
      if (!cotangents[s].defined()) continue;
      for (const std::int64_t b : branchesOf_[s])
        sums.select(1, b).add_(cotangents[s], 1.0 / static_cast<double>(branchesOf_[s].size()));
    }
    return branches_->pullBackSum(sums);
  }

 private:
  std::unique_ptr<BranchTape> branches_;
  std::vector<std::vector<std::int64_t>> branchesOf_;  ///< of each subset
  std::vector<Tensor> outputs_;
};

}  // namespace

MultimodalModel::MultimodalModel(const MultimodalModel& other)
    : layout_(other.layout_), parameters_(other.parameters_.clone()) {}

torch::Tensor MultimodalModel::parameter(std::size_t block) const {
  const ParameterBlock& place = layout_[block];
  return parameters_.narrow(0, place.offset, place.size).view(place.shape);
}

LayerCut MultimodalModel::cutAt(std::size_t, const torch::Tensor&, ModalitySet) const {
  throw Error("The network " + describe().kind +
              " has no layer at which each modality has activations of its own.");
}

void MultimodalModel::allocate(torch::Device device) {
  parameters_ = torch::zeros({layout_.total()}, torch::dtype(torch::kFloat32).device(device));
}

void MultimodalModel::start(Seed seed, torch::Device device) {
  allocate(device);
  auto rng = seed.stream("weights");
  for (std::size_t b = 0; b < layout_.blocks().size(); ++b) {
    if (layout_[b].name.ends_with(".token"))
      fillUniform(parameter(b), kTokenBound, rng);
    else if (layout_[b].shape.size() > 1)
      startConvolution(parameter(b), parameter(b + 1), rng);  // its bias comes next
    else if (layout_[b].name.ends_with(".weight"))
      parameter(b).fill_(1);  // of a normalisation, the only weights that are vectors
  }
}

std::vector<Tensor> MultimodalModel::values() const {
  std::vector<Tensor> values;
  for (std::size_t b = 0; b < layout_.blocks().size(); ++b) values.push_back(parameter(b).detach());
  return values;
}

std::vector<ModalityId> modalitiesOf(const std::vector<ModalitySet>& subsets) {
  std::uint8_t bits = 0;
  for (const ModalitySet set : subsets) bits |= set.bits();
  const auto all = ModalitySet::fromBits(bits);
  return all ? all->ids() : std::vector<ModalityId>();
}

torch::Tensor indicesOf(const std::vector<ModalityId>& which, torch::Device device) {
  std::vector<std::int64_t> indices;
  for (const ModalityId id : which) indices.push_back(static_cast<std::int64_t>(id.index()));
  return torch::tensor(indices, torch::kLong).to(device);
}

torch::Tensor indicesOf(ModalitySet set, torch::Device device) {
  return indicesOf(set.ids(), device);
}

torch::Tensor LateFusionModel::logits(const torch::Tensor& x, ModalitySet set) const {
  return branchLogits(x.index_select(1, indicesOf(set, x.device())), set.ids()).mean(1);
}

std::unique_ptr<SubsetTape> LateFusionModel::recordSubsets(
    const torch::Tensor& x, const std::vector<ModalitySet>& subsets) const {
  const auto which = modalitiesOf(subsets);
  return std::make_unique<MeanTape>(recordBranches(x, which), which, subsets);
}

std::unique_ptr<BranchTape> LateFusionModel::record(const torch::Tensor& x) const {
  return recordBranches(x, describe().schema.ids());
}

}  // namespace modascope
