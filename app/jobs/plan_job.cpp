#include "app/jobs/plan_job.h"

#include "app/jobs/sentence.h"

namespace modascope {

template <typename Signal, typename Value>
void PlanJob::tell(std::uint64_t number, Signal signal, const Value& value) {
  const auto deliver = [this, number, signal, value] {
    if (number == newest_) Q_EMIT(this->*signal)(value);
  };
  QMetaObject::invokeMethod(this, deliver, Qt::QueuedConnection);
}

void PlanJob::plan(const std::shared_ptr<const Cohort>& cohort, const RunConfig& config,
                   const std::filesystem::path& runs) {
  post([this, cohort, config, runs](std::uint64_t number) {
    tell(number, &PlanJob::planned, planRun(*cohort, config, runs));
  });
}

void PlanJob::tryStep(const std::filesystem::path& data, const RunConfig& config) {
  post([this, data, config](std::uint64_t number) {
    tell(number, &PlanJob::tried, modascope::tryStep(data, config));
  });
}

void PlanJob::forget() {
  ++newest_;
}

void PlanJob::post(std::function<void(std::uint64_t)> work) {
  task_.interruptAndPost([this, number = ++newest_, work = std::move(work)](std::stop_token) {
    try {
      work(number);
    } catch (...) {
      tell(number, &PlanJob::failed, sentenceOfCurrent());
    }
  });
}

}  // namespace modascope
