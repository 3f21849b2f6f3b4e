#include "core/models/model.h"

#include <type_traits>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/models/ds_encoder_unet3d.h"
#include "core/models/ds_unet3d.h"
#include "core/models/early_fusion_unet3d.h"
#include "core/models/hemis_unet3d.h"
#include "core/models/independent_unets3d.h"

namespace modascope {
namespace {

using torch::Tensor;

/// Late fusion seen as one output a subset: the mean of its branches.
class MeanTape : public SubsetTape {
 public:
  MeanTape(std::unique_ptr<BranchTape> branches, const std::vector<ModalitySet>& subsets)
      : branches_(std::move(branches)), subsets_(subsets) {
    const Tensor& f = branches_->logits();
    for (const ModalitySet set : subsets_)
      outputs_.push_back(f.index_select(1, indicesOf(set, f.device())).mean(1));
  }

  const std::vector<Tensor>& outputs() const override { return outputs_; }

  Tensor pullBack(const std::vector<Tensor>& cotangents) const override {
    Tensor sums = torch::zeros_like(branches_->logits());
    for (std::size_t s = 0; s < subsets_.size(); ++s) {
      if (!cotangents[s].defined()) continue;
      for (const ModalityId id : subsets_[s].ids())
        sums.select(1, static_cast<std::int64_t>(id.index()))
            .add_(cotangents[s], 1.0 / static_cast<double>(subsets_[s].size()));
    }
    return branches_->pullBackSum(sums);
  }

 private:
  std::unique_ptr<BranchTape> branches_;
  std::vector<ModalitySet> subsets_;
  std::vector<Tensor> outputs_;
};

}  // namespace

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

torch::Tensor indicesOf(ModalitySet set, torch::Device device) {
  std::vector<std::int64_t> indices;
  for (const ModalityId id : set.ids()) indices.push_back(static_cast<std::int64_t>(id.index()));
  return torch::tensor(indices, torch::kLong).to(device);
}

torch::Tensor LateFusionModel::logits(const torch::Tensor& x, ModalitySet set) const {
  return branchLogits(x.index_select(1, indicesOf(set, x.device())), set.ids()).mean(1);
}

std::unique_ptr<SubsetTape> LateFusionModel::recordSubsets(
    const torch::Tensor& x, const std::vector<ModalitySet>& subsets) const {
  return std::make_unique<MeanTape>(record(x), subsets);
}

std::unique_ptr<MultimodalModel> makeModel(const RunConfig& config, const ModalitySchema& schema,
                                           const std::vector<std::string>& outputs,
                                           torch::Device device) {
  const Seed seed{static_cast<std::uint64_t>(config.train.seed)};
  const std::string& kind = config.model.kind;
  const bool bfloat16 = config.compute.precision == "bfloat16";
  if (kind == "ds-norm")
    return std::make_unique<DsUnet3d>(config.model.width, schema, outputs, seed, device,
                                      bfloat16 ? Precision::BFloat16 : Precision::Float32);
  if (bfloat16)
    throw Error("compute.precision = bfloat16 is only there for ds-norm; model.kind is " +
                inQuotes(kind) + '.');
  const auto make = [&]<typename Model>(std::type_identity<Model>) {
    return std::make_unique<Model>(config.model.width, schema, outputs, seed, device);
  };
  if (kind == "ds-encoder") return make(std::type_identity<DsEncoderUnet3d>{});
  if (kind == "early-fusion") return make(std::type_identity<EarlyFusionUnet3d>{});
  if (kind == "hemis") return make(std::type_identity<HemisUnet3d>{});
  if (kind == "independent") return make(std::type_identity<IndependentUnets3d>{});
  throw Error("model.kind is " + inQuotes(kind) +
              "; there are ds-norm, ds-encoder, early-fusion, hemis and independent.");
}

}  // namespace modascope
