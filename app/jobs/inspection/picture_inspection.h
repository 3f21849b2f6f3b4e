#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/inspection/picture_findings.h"
#include "app/jobs/inspection/trained_inspection.h"

namespace modascope {

class PictureSource;

/// Pictures: `PicturePrediction`; what was predicted before comes at once. In the scores, classes
/// that are nowhere have no column.
class PictureInspection : public TrainedInspection {
 public:
  PictureInspection() : TrainedInspection(DataKind::Pictures) {}

  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token stop) override;
  void closeCase() override;
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override;

 protected:
  void forgetPredictions() override;

 private:
  bool predict(const InspectionRequest& request, std::stop_token stop);
  void show(const InspectionRequest& request, InspectionListener& listener);
  void score(const InspectionRequest& request, std::stop_token stop, InspectionListener& listener);
  Reference reference() const;
  const SubsetTable::Row& scoresOf(ModalitySet set);

  std::shared_ptr<const Cohort> cohort_;  ///< that the source reads
  std::shared_ptr<const PictureSource> source_;
  std::shared_ptr<const ImageSample> sample_;
  std::unique_ptr<const Prediction> prediction_;
  std::map<ModalitySet, SubsetTable::Row> rows_;  ///< of the prediction's table, so far
  Corruption corruption_ = Corruption::Absent;
  std::shared_ptr<const std::vector<std::vector<float>>> given_;  ///< in place of what is left out
  std::uint64_t scoredFor_ = 0;  ///< `emptied` of the request whose page has all scores
  std::uint64_t shown_ = 0;      ///< the request that was answered last
};

}  // namespace modascope
