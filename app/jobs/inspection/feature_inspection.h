#pragma once

#include <cstdint>
#include <exception>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/jobs/inspection/feature_findings.h"
#include "app/jobs/inspection/trained_inspection.h"

namespace modascope {

/// Samples of features: a `SampleAnswer` for all subsets at once, and on request the scores of a
/// split.
class FeatureInspection : public TrainedInspection {
 public:
  FeatureInspection() : TrainedInspection(DataKind::Features) {}

  std::shared_ptr<const InspectedCase> load(const std::shared_ptr<const Cohort>& cohort,
                                            const CaseInfo& info, std::stop_token stop) override;
  void closeCase() override;
  bool isCaseOutdated() const override;
  void answer(const InspectionRequest& request, std::stop_token stop,
              InspectionListener& listener) override;

 protected:
  void forgetPredictions() override;

 private:
  std::filesystem::path runFolder() const;
  void openData(const std::shared_ptr<const Cohort>& cohort, const std::stop_token& stop);
  void answerAll(const InspectionRequest& request, std::stop_token stop,
                 InspectionListener& listener);
  void score(const InspectionRequest& request, InspectionListener& listener);

  std::shared_ptr<const Cohort> cohort_;  ///< whose data are open and measured; null: none
  std::optional<CohortData> data_;
  std::filesystem::path byRun_;  ///< the run by which the data were opened
  std::exception_ptr unfit_;     ///< why that run is not for these data
  std::vector<Moments> moments_;
  LabelFacts labels_;
  std::uint64_t answeredFor_ = 0;  ///< `emptied` of the request whose page has the answer
  std::map<std::pair<std::string, Corruption>, SplitScores> scores_;  ///< of the run
};

}  // namespace modascope
