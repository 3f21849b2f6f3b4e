#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "app/jobs/inspection/picture_findings.h"
#include "app/jobs/inspection/trained_inspection.h"

namespace modascope {

class PictureSource;
class PicturePredictions;

/// Pictures: `PicturePrediction`; what was predicted before comes at once. In the scores, classes
/// that are nowhere have no column.
class PictureInspection : public TrainedInspection {
 public:
  PictureInspection();
  ~PictureInspection() override;

  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token stop) override;
  void closeCase() override;
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override;

 protected:
  void forgetPredictions() override;

 private:
  ModalitySet available() const;
  void prepare(const InspectionRequest& request);
  void prepareScores();
  void show(const InspectionRequest& request, InspectionListener& listener);
  void score(const InspectionRequest& request, std::stop_token stop, InspectionListener& listener);

  std::shared_ptr<const Cohort> cohort_;  ///< that the source reads
  std::unique_ptr<PictureSource> source_;
  std::shared_ptr<const ImageSample> sample_;
  std::unique_ptr<PicturePredictions> predictions_;
  std::optional<PictureScores> scores_;
  Corruption corruption_ = Corruption::Absent;
  std::shared_ptr<const std::vector<std::vector<float>>> given_;  ///< in place of what is left out
  std::uint64_t told_ = 0;   ///< all scores, since the page was emptied by this request
  std::uint64_t shown_ = 0;  ///< the request that was answered last
};

}  // namespace modascope
