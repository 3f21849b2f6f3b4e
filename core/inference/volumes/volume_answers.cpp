#include "core/inference/volumes/volume_answers.h"

namespace modascope {

VolumeAnswers::VolumeAnswers(CasePrediction prediction, std::shared_ptr<const LabelVolume> truth,
                             ModalitySchema schema,
                             std::vector<std::shared_ptr<const Volume>> standIns)
    : prediction_(std::move(prediction)),
      truth_(std::move(truth)),
      schema_(std::move(schema)),
      standIns_(std::move(standIns)) {}

SubsetScorer VolumeAnswers::scorer(Scores scores, std::vector<ModalitySet> subsets) const {
  return {prediction_, truth_, schema_, scores, std::move(subsets)};
}

std::optional<CaseAnswer> VolumeAnswers::answer(ModalitySet set, std::stop_token stop,
                                                const TileProgress& progress) const {
  auto labels = prediction_.segment(set, stop, progress);
  if (!labels) return std::nullopt;
  return std::make_shared<const LabelVolume>(std::move(*labels));
}

std::optional<SubsetTable::Row> VolumeAnswers::scores(ModalitySet set, std::stop_token stop) const {
  SubsetScorer one = scorer(Scores::Dice, {set});
  one.scoreNext(stop);
  if (!one.done()) return std::nullopt;
  return one.table().rows.front();
}

}  // namespace modascope
