#include "core/inference/samples/picture_predictor.h"

#include <map>
#include <mutex>

#include <ATen/ATen.h>

#include "core/data/picture_source.h"
#include "core/inference/samples/sample_answers.h"
#include "core/metrics/sample_scores.h"

namespace modascope {
namespace {

constexpr std::size_t kMostBytes = 256u << 20;  // of a picture's answers that are kept

/// The upper left of t [C, H, W].
torch::Tensor upperLeft(const torch::Tensor& t, std::size_t height, std::size_t width) {
  return t.narrow(1, 0, static_cast<std::int64_t>(height))
      .narrow(2, 0, static_cast<std::int64_t>(width));
}

class PictureAnswers : public SampleAnswers {
 public:
  PictureAnswers(const Problem& problem, Sample sample, SamplePredictions predictions,
                 std::shared_ptr<const ImageSample> files, const std::vector<Moments>& moments)
      : SampleAnswers(problem, std::move(sample), std::move(predictions)),
        files_(std::move(files)),
        moments_(moments) {}

  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token /*stop*/,
                                   const TileProgress& /*progress*/) const override {
    return classes(set);
  }

  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token /*stop*/) const override {
    const auto whole = files_->labels.empty() ? classes(available()) : nullptr;
    PixelCounts counts(problem().outputs.size());
    counts.add(classes(set)->values, whole ? whole->values : files_->labels);
    return SubsetTable::Row{set, counts.scores(), 1};
  }

  CaseStandIns standIns() const override {
    std::vector<std::vector<float>> all;
    for (const torch::Tensor& part : standInParts())
      all.push_back(floatsOf(
          onScaleOfFiles(upperLeft(part, files_->height, files_->width), moments_.at(all.size()))));
    return all;
  }

 private:
  static torch::Tensor onScaleOfFiles(const torch::Tensor& part, const Moments& moments) {
    const auto each = [&](const std::vector<float>& of) {
      return torch::tensor(of).view({-1, 1, 1});
    };
    return part.to(torch::kCPU) * each(moments.deviation) + each(moments.mean);
  }

  std::shared_ptr<const LabelPicture> classes(ModalitySet set) const {
    {
      const std::scoped_lock lock(mutex_);
      if (const auto found = kept_.find(set); found != kept_.end()) return found->second;
    }
    const auto made = std::make_shared<const LabelPicture>(
        classesOf(outputs(set), files_->height, files_->width));
    const std::scoped_lock lock(mutex_);
    if ((kept_.size() + 1) * made->values.size() <= kMostBytes) kept_.emplace(set, made);
    return made;
  }

  std::shared_ptr<const ImageSample> files_;
  std::vector<Moments> moments_;
  mutable std::mutex mutex_;
  mutable std::map<ModalitySet, std::shared_ptr<const LabelPicture>> kept_;
};

}  // namespace

PicturePredictor::PicturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                   std::vector<Moments> moments)
    : SamplePredictor(std::move(network), std::move(problem), std::move(moments), 1) {}

std::unique_ptr<const Prediction> PicturePredictor::answersOf(const CaseSource& source,
                                                              Sample sample,
                                                              SamplePredictions predictions) const {
  const auto files = picturesOf(source).picture(sample.id);
  return std::make_unique<const PictureAnswers>(problem(), std::move(sample),
                                                std::move(predictions), files, moments());
}

LabelPicture classesOf(const torch::Tensor& f, std::size_t height, std::size_t width) {
  const torch::NoGradGuard noGrad;
  const torch::Tensor best = upperLeft(f, height, width).argmax(0).to(torch::kUInt8).contiguous();
  const auto* first = best.data_ptr<std::uint8_t>();
  return {height, width, {first, first + best.numel()}};
}

}  // namespace modascope
