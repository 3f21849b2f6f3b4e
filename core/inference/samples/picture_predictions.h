#pragma once

#include <map>
#include <memory>

#include <torch/types.h>

#include "core/imagefolder/picture.h"
#include "core/inference/samples/sample_predictions.h"

namespace modascope {

/// The class with the largest of the logits f [K, H, W], at their upper left.
LabelPicture classesOf(const torch::Tensor& f, std::size_t height, std::size_t width);

/// The classes that a network sees in one picture through any of its modalities. What was predicted
/// is kept while there is room. One thread at a time.
class PicturePredictions {
 public:
  static constexpr std::size_t kMostBytes = 256u << 20;  ///< of predictions that are kept

  /// x [C, H, W], of which the upper left `height` × `width` are the picture.
  PicturePredictions(std::shared_ptr<const MultimodalModel> model, const torch::Tensor& x,
                     std::size_t height, std::size_t width);
  PicturePredictions(SamplePredictions predictions, std::size_t height, std::size_t width);

  /// The class with the largest logit in each pixel.
  std::shared_ptr<const LabelPicture> classes(ModalitySet set);
  /// Whether that costs nothing.
  bool isKept(ModalitySet set) const { return kept_.contains(set); }

 private:
  SamplePredictions predictions_;
  std::size_t height_;
  std::size_t width_;
  std::map<ModalitySet, std::shared_ptr<const LabelPicture>> kept_;
};

}  // namespace modascope
