#pragma once

#include <vector>

#include "core/models/autograd_model.h"
#include "core/models/cmnext/cmnext_parts.h"
#include "core/models/cmnext/picture_decoder.h"
#include "core/models/model_sizes.h"
#include "core/problem/problem.h"

namespace modascope {

/// cmnext-lite: a hierarchical transformer for the first modality (RGB), a lighter branch of
/// pooling mixers for the elementwise maximum of all others, rectified by each other and fused at
/// every stage; a decoder of linear layers. A missing modality is zeros. One modality alone has no
/// second branch.
/// Lite against the paper: three stages of embedding / 4, / 2 and all channels, the hub only where
/// pictures come in, layer in place of batch normalisation, no dropout.
/// Source: Zhang et al., Delivering Arbitrary-Modal Semantic Segmentation, CVPR 2023
/// (arXiv 2303.01480).
class CmnextLite : public AutogradModel {
 public:
  /// Throws `Error` where the sizes do not fit.
  CmnextLite(const ModelSizes& sizes, const Problem& problem, Seed seed, torch::Device device);

  std::unique_ptr<MultimodalModel> copy() const override {
    return std::make_unique<CmnextLite>(*this);
  }
  ModelDescription describe() const override;
  std::int64_t granularity() const override { return 16; }

 protected:
  /// x [N, C, H, W] as in `InputLayout` → f_s [N, K, H, W].
  std::vector<torch::Tensor> run(const ParameterValues& values, const torch::Tensor& x,
                                 const std::vector<ModalitySet>& subsets) const override;

 private:
  /// One batch, of which subsets share what they have in common before the branches meet.
  class Pass;

  static constexpr std::size_t kStages = 3;

  struct FirstStage {
    PatchEmbedding patches;
    std::vector<PictureBlock> blocks;
    Norm last;
  };
  struct OthersStage {
    std::vector<HubEntry> hub;  ///< of the first stage
    PatchEmbedding patches;     ///< of the further ones
    std::vector<MixerBlock> blocks;
    Norm last;
  };
  struct FusionStage {
    Rectification rectify;
    PictureFusion fuse;
  };
  bool hasOthers() const { return schema_.size() > 1; }
  std::int64_t channels(std::size_t stage) const { return sizes_.embedding >> (2 - stage); }
  int heads(std::size_t stage) const;
  void addFirst(std::size_t stage);
  void addOthers(std::size_t stage);

  torch::Tensor runFirst(const ParameterValues& values, std::size_t stage, torch::Tensor x) const;
  torch::Tensor runOthers(const ParameterValues& values, std::size_t stage, torch::Tensor x) const;

  ModelSizes sizes_;
  InputLayout inputs_;
  std::vector<FirstStage> first_;
  std::vector<OthersStage> others_;
  std::vector<FusionStage> fusion_;
  PictureDecoder decoder_;
};

}  // namespace modascope
