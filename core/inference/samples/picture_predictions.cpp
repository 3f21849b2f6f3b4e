#include "core/inference/samples/picture_predictions.h"

#include <ATen/ATen.h>

namespace modascope {

LabelPicture classesOf(const torch::Tensor& f, std::size_t height, std::size_t width) {
  const torch::NoGradGuard noGrad;
  const torch::Tensor best = f.argmax(0)
                                 .narrow(0, 0, static_cast<std::int64_t>(height))
                                 .narrow(1, 0, static_cast<std::int64_t>(width))
                                 .to(torch::kUInt8)
                                 .contiguous();
  const auto* first = best.data_ptr<std::uint8_t>();
  return {height, width, {first, first + best.numel()}};
}

PicturePredictions::PicturePredictions(std::shared_ptr<const MultimodalModel> model,
                                       const torch::Tensor& x, std::size_t height,
                                       std::size_t width)
    : PicturePredictions(SamplePredictions(std::move(model), x.unsqueeze(0)), height, width) {}

PicturePredictions::PicturePredictions(SamplePredictions predictions, std::size_t height,
                                       std::size_t width)
    : predictions_(std::move(predictions)), height_(height), width_(width) {}

std::shared_ptr<const LabelPicture> PicturePredictions::classes(ModalitySet set) {
  if (const auto found = kept_.find(set); found != kept_.end()) return found->second;
  const auto classes = std::make_shared<const LabelPicture>(
      classesOf(predictions_.outputs(set)[0], height_, width_));
  if ((kept_.size() + 1) * classes->values.size() <= kMostBytes) kept_.emplace(set, classes);
  return classes;
}

}  // namespace modascope
