#pragma once

#include "core/models/cmnext/picture_parts.h"

namespace modascope {

/// Features of all stages → linear to one width → as large as the first → concatenated → linear →
/// normalisation and ReLU → linear to classes.
/// Source: Xie et al., SegFormer, NeurIPS 2021 (arXiv 2105.15203), section 3.2.
struct PictureDecoder {
  std::vector<Linear> project;  ///< "decoder.project.<stage>"
  Linear fuse;                  ///< "decoder.fuse"
  Norm norm;                    ///< "decoder.fused"
  Linear head;                  ///< "head"
};
/// `channels` of each stage.
PictureDecoder addPictureDecoder(ParameterLayout& layout, const std::vector<std::int64_t>& channels,
                                 std::int64_t width, std::int64_t classes);
/// One [N, h, w, C] a stage, the largest first → [N, K, 4 H, 4 W].
torch::Tensor runPictureDecoder(const PictureDecoder& decoder, const ParameterValues& values,
                                const std::vector<torch::Tensor>& stages);

}  // namespace modascope
