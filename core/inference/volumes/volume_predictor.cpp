#include "core/inference/volumes/volume_predictor.h"

#include "core/inference/volumes/stand_in.h"

namespace modascope {
namespace {

class VolumeAnswers : public Prediction {
 public:
  VolumeAnswers(CasePrediction prediction, std::optional<LabelVolume> truth, ModalitySchema schema)
      : prediction_(std::move(prediction)), schema_(std::move(schema)) {
    if (truth) truth_ = std::make_shared<const LabelVolume>(std::move(*truth));
  }

  ModalitySet available() const override { return prediction_.available(); }

  std::optional<CaseAnswer> answer(ModalitySet set, std::stop_token stop,
                                   const TileProgress& progress) const override {
    auto labels = prediction_.segment(set, stop, progress);
    if (!labels) return std::nullopt;
    return std::move(*labels);
  }

  std::optional<SubsetTable::Row> scores(ModalitySet set, std::stop_token stop) const override {
    SubsetScorer scorer(prediction_, truth_, schema_, Scores::Dice, {set});
    scorer.scoreNext(stop);
    if (!scorer.done()) return std::nullopt;
    return scorer.table().rows.front();
  }

 private:
  CasePrediction prediction_;
  std::shared_ptr<const LabelVolume> truth_;  ///< null: compared with the answer from all
  ModalitySchema schema_;
};

StandIn standInAt(const Segmenter& segmenter, const LeftOutModalities& leftOut, std::size_t i) {
  if (leftOut.how == Corruption::Absent) return {};
  return standInFor(segmenter, leftOut.how, leftOut.others.at(i), Seed{leftOut.seed.value + i});
}

}  // namespace

VolumePredictor::VolumePredictor(Segmenter segmenter, ModalitySchema schema)
    : segmenter_(std::move(segmenter)), schema_(std::move(schema)) {}

std::unique_ptr<const Prediction> VolumePredictor::predict(const CaseSource& /*source*/,
                                                           const CaseInfo& info,
                                                           std::stop_token stop,
                                                           const TileProgress& progress) const {
  const Case patient = readCase(info);
  auto prediction = segmenter_.predict(patient, stop, progress);
  if (!prediction) return nullptr;
  return std::make_unique<const VolumeAnswers>(std::move(*prediction), patient.labels, schema_);
}

std::optional<SubsetTable> VolumePredictor::evaluate(const CaseSource& /*source*/,
                                                     const std::vector<CaseInfo>& cases,
                                                     std::stop_token stop,
                                                     const EvaluationOptions& options) const {
  std::vector<SubsetTable> tables;
  ReadableCases readable(cases.size(), options);
  for (std::size_t i = 0; i < cases.size(); ++i) {
    if (options.starting) options.starting(i);
    const auto patient = readable.read(cases[i], [&] {
      LabelledPatient read(readCase(cases[i]));
      if (options.check) options.check(cases[i]);
      return read;
    });
    if (!patient) continue;
    const StandIn standIn = standInAt(segmenter_, options.leftOutModalities, i);
    const auto prediction = segmenter_.predict(patient->patient(), standIn, stop);
    if (!prediction) return std::nullopt;
    auto table = scoreSubsets(*prediction, patient->labels(), schema_, options.scores, stop,
                              options.subsets);
    if (!table) return std::nullopt;
    if (options.soft != nullptr) options.soft->add(*patient, *prediction);
    tables.push_back(std::move(*table));
    if (options.each) options.each(cases[i], tables.back());
  }
  readable.requireAny();
  if (tables.empty()) return SubsetTable{schema_, segmenter_.options().regions.keys(), {}};
  return pooled(tables);
}

const Segmenter& segmenterOf(const Predictor& predictor) {
  const auto* volumes = dynamic_cast<const VolumePredictor*>(&predictor);
  if (volumes == nullptr) throw Error("The network is not for volumes.");
  return volumes->segmenter();
}

}  // namespace modascope
