#include "core/inference/volumes/volume_predictor.h"

#include <algorithm>

#include "core/data/corrupted_input.h"
#include "core/volume/resample.h"

namespace modascope {
namespace {

StandIn standInFor(const Segmenter& segmenter, const LeftOutModalities& leftOut) {
  if (leftOut.how == Corruption::Absent) return {};
  return [&options = segmenter.options(), &leftOut](const PreparedCase& patient) {
    if (leftOut.how != Corruption::Shuffled)
      return corrupted(patient, leftOut.how, patient, leftOut.seed);
    const PreparedCase other = prepare(readCase(leftOut.other.value()), options.spacing,
                                       preprocessingFrom(options.preprocessing));
    return corrupted(patient, leftOut.how, other, leftOut.seed);
  };
}

/// As images beside the case's own.
std::vector<std::shared_ptr<const Volume>> shownOn(const VoxelGrid& grid,
                                                   const PreparedCase& given) {
  std::vector<std::shared_ptr<const Volume>> volumes;
  for (const auto& volume : given.modalities) {
    volumes.push_back(nullptr);
    if (!volume || volume->voxels.empty()) continue;
    Volume seen = *volume;
    const float lowest = *std::min_element(seen.voxels.begin(), seen.voxels.end());
    for (float& v : seen.voxels) v = v == 0 ? 0 : v - lowest;
    volumes.back() = std::make_shared<const Volume>(resampleImage(seen, grid));
  }
  return volumes;
}

}  // namespace

VolumePredictor::VolumePredictor(Segmenter segmenter, ModalitySchema schema)
    : segmenter_(std::move(segmenter)), schema_(std::move(schema)) {}

std::unique_ptr<const Prediction> VolumePredictor::predict(const CaseSource& /*source*/,
                                                           const CaseInfo& info,
                                                           const LeftOutModalities& leftOut,
                                                           std::stop_token stop,
                                                           const TileProgress& progress) const {
  return predict(readCase(info), leftOut, stop, progress);
}

std::unique_ptr<const VolumeAnswers> VolumePredictor::predict(const Case& patient,
                                                              const LeftOutModalities& leftOut,
                                                              std::stop_token stop,
                                                              const TileProgress& progress) const {
  std::vector<std::shared_ptr<const Volume>> standIns;
  StandIn standIn = standInFor(segmenter_, leftOut);
  if (standIn)
    standIn = [&, make = std::move(standIn)](const PreparedCase& intact) {
      PreparedCase given = make(intact);
      standIns = shownOn(patient.grid, given);
      return given;
    };
  auto prediction = segmenter_.predict(patient, standIn, stop, progress);
  if (!prediction) return nullptr;
  const auto truth =
      patient.labels ? std::make_shared<const LabelVolume>(*patient.labels) : nullptr;
  return std::make_unique<const VolumeAnswers>(std::move(*prediction), truth, schema_,
                                               std::move(standIns));
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
    const auto& all = options.leftOutModalities;
    const LeftOutModalities leftOut = all.empty() ? LeftOutModalities{} : all.at(i);
    const auto prediction =
        segmenter_.predict(patient->patient(), standInFor(segmenter_, leftOut), stop);
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

const VolumePredictor& volumePredictorOf(const Predictor& predictor) {
  const auto* volumes = dynamic_cast<const VolumePredictor*>(&predictor);
  if (volumes == nullptr) throw Error("The network is not for volumes.");
  return *volumes;
}

}  // namespace modascope
