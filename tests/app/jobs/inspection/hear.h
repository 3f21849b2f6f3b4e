#pragma once

#include <memory>

#include "app/jobs/inspection/inspection_job.h"

namespace modascope::testing {

/// Gives `use` what a signal of the job carries, as what it is: a `std::shared_ptr<const Finding>`.
template <typename Finding, typename Signal, typename Use>
void hear(InspectionJob& job, Signal signal, Use use) {
  QObject::connect(&job, signal, &job, [use](const auto& found) {
    use(std::static_pointer_cast<const Finding>(found));
  });
}

/// Counts what an inspection tells that is asked without a job.
struct Told : InspectionListener {
  void onProgress(int, int) override {}
  void onAnswer(const std::shared_ptr<const InspectionAnswer>&) override { ++answers; }
  void onScores(const SubsetTable&) override { ++tables; }
  void onReply(const std::shared_ptr<const InspectionReply>&) override {}
  void onReplyProgress(int, int) override {}

  int answers = 0;
  int tables = 0;
};

/// The first request about a case.
inline InspectionRequest requestFor(const std::shared_ptr<const Cohort>& cohort,
                                    const CaseInfo& info) {
  InspectionRequest request;
  request.number = request.toShow = request.emptied = 1;
  request.cohort = cohort;
  request.info = info;
  return request;
}

/// As where what stands in was changed and changed back before the inspection heard of it.
inline void emptyPage(InspectionRequest& request) {
  request.number = request.toShow = request.emptied = request.number + 1;
}

}  // namespace modascope::testing
