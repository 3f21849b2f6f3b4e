#pragma once

#include <vector>

#include "core/models/autograd_model.h"
#include "core/models/model_sizes.h"
#include "core/models/transformer/transformer_parts.h"
#include "core/problem/problem.h"

namespace modascope {

/// early-fusion for features: the tokens of all modalities lie in one sequence (a vector is one
/// token), each with what tells its modality, and attend to each other from the first layer on; a
/// missing modality is zeros. Mean over tokens → head.
class FusionTransformer : public AutogradModel {
 public:
  FusionTransformer(const ModelSizes& sizes, const Problem& problem, Seed seed,
                    torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<FusionTransformer>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 1; }

 protected:
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  torch::Tensor tokens(const ParameterValues& values, const torch::Tensor& x, ModalityId id,
                       bool present) const;

  ModelSizes sizes_;
  InputLayout inputs_;
  std::vector<Linear> projections_;
  std::vector<std::size_t> marks_;
  std::vector<TransformerBlock> layers_;
  Norm last_;
  Linear head_;
};

}  // namespace modascope
