#include "core/inference/samples/picture_predictor.h"

#include "core/data/picture_source.h"
#include "core/inference/samples/picture_predictions.h"

namespace modascope {
namespace {

class PictureAnswers : public Prediction {
 public:
  PictureAnswers(SamplePredictions predictions, Sample sample, Problem problem,
                 std::shared_ptr<const ImageSample> files)
      : predictions_(std::move(predictions)),
        sample_(std::move(sample)),
        problem_(std::move(problem)),
        files_(std::move(files)) {}

  ModalitySet available() const override { return *sample_.available; }

  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token /*stop*/,
                                   const TileProgress& /*progress*/) const override {
    requireHas(sample_, set);
    return classesOf(predictions_.outputs(set)[0], files_->height, files_->width);
  }

  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token /*stop*/) const override {
    requireHas(sample_, set);
    return scoresOfOne(problem_, set, predictions_.outputs(set), sample_.y);
  }

 private:
  SamplePredictions predictions_;
  Sample sample_;
  Problem problem_;
  std::shared_ptr<const ImageSample> files_;
};

}  // namespace

PicturePredictor::PicturePredictor(std::shared_ptr<const MultimodalModel> network, Problem problem,
                                   std::vector<Moments> moments)
    : SamplePredictor(std::move(network), std::move(problem), std::move(moments), 1) {}

std::unique_ptr<const Prediction> PicturePredictor::predict(
    const CaseSource& source, const CaseInfo& info, std::stop_token /*stop*/,
    const TileProgress& /*progress*/) const {
  const PictureSource& pictures = picturesOf(source);
  Sample sample = sampleOf(pictures, info);
  SamplePredictions predictions = predictionsOf(sample);
  return std::make_unique<const PictureAnswers>(std::move(predictions), std::move(sample),
                                                problem(), pictures.picture(info.id));
}

}  // namespace modascope
