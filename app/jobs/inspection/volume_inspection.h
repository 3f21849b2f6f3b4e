#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "app/jobs/inspection/trained_inspection.h"
#include "app/jobs/inspection/volume_findings.h"
#include "core/attribution/attribute.h"
#include "core/inference/volumes/volume_answers.h"

namespace modascope {

/// Volumes: `Segmentation`, and on request an `Explanation`. Every subset is scored with Dice
/// first, then with HD95 as well.
class VolumeInspection : public TrainedInspection {
 public:
  VolumeInspection() : TrainedInspection(DataKind::Volumes) {}

  OpenedRun openRun(const std::filesystem::path& folder,
                    std::optional<std::int64_t> snapshot) override;
  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token stop) override;
  void closeCase() override;
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override;

 protected:
  void forgetPredictions() override;

 private:
  bool predict(const InspectionRequest& request, std::stop_token stop,
               InspectionListener& listener);
  bool show(const InspectionRequest& request, InspectionListener& listener);
  void explain(const InspectionRequest& request, InspectionListener& listener) const;
  AttributionRequest attributionOf(const InspectionRequest& request,
                                   const AttributionQuestion& question) const;
  void score(const InspectionRequest& request, InspectionListener& listener);

  std::shared_ptr<const Case> patient_;
  std::unique_ptr<const VolumeAnswers> prediction_;
  Corruption corruption_ = Corruption::Absent;  ///< of the prediction
  std::uint64_t shown_ = 0;  ///< the request for an answer that was fulfilled last
  std::optional<SubsetScorer> scorer_;
  std::optional<Scores> nextScores_;  ///< nothing when all is told
  std::uint64_t scoredFor_ = 0;       ///< `emptied` of the request whose page the scores go to
};

}  // namespace modascope
