#pragma once

#include "core/inference/predictor.h"
#include "core/inference/volumes/segmenter.h"
#include "core/inference/volumes/volume_answers.h"

namespace modascope {

/// Whole volumes, scored on their own grids.
class VolumePredictor : public Predictor {
 public:
  VolumePredictor(Segmenter segmenter, ModalitySchema schema);

  const Segmenter& segmenter() const { return segmenter_; }

  std::unique_ptr<const Prediction> predict(const CaseSource& source, const CaseInfo& info,
                                            const LeftOutModalities& leftOut, std::stop_token stop,
                                            const TileProgress& progress) const override;
  /// Of a case that was read.
  std::unique_ptr<const VolumeAnswers> predict(const Case& patient,
                                               const LeftOutModalities& leftOut = {},
                                               std::stop_token stop = {},
                                               const TileProgress& progress = {}) const;
  std::optional<SubsetTable> evaluate(const CaseSource& source, const std::vector<CaseInfo>& cases,
                                      std::stop_token stop,
                                      const EvaluationOptions& options) const override;

 private:
  Segmenter segmenter_;
  ModalitySchema schema_;
};

/// For what only volumes have. Throws `Error` when the predictor is for other data.
const VolumePredictor& volumePredictorOf(const Predictor& predictor);

}  // namespace modascope
