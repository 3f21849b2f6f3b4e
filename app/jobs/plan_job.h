#pragma once

#include <QObject>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>

#include "app/jobs/newest_task.h"
#include "app/work/run_plan.h"

namespace modascope {

/// Finds out on a thread of its own what a run will be like; the newest question wins. All methods
/// and signals belong to the GUI thread.
class PlanJob : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Answered by `planned` or `failed`.
  void plan(const std::shared_ptr<const Cohort>& cohort, const RunConfig& config,
            const std::filesystem::path& runs);
  /// Answered by `tried` or `failed`.
  void tryStep(const std::filesystem::path& data, const RunConfig& config);
  /// What was asked is no longer of interest.
  void forget();

 Q_SIGNALS:
  void planned(const modascope::RunPlan& plan);
  void tried(const modascope::KnownPace& pace);
  void failed(const QString& sentence);

 private:
  template <typename Signal, typename Value>
  void tell(std::uint64_t number, Signal signal, const Value& value);
  void post(std::function<void(std::uint64_t)> work);

  std::uint64_t newest_ = 0;
  NewestTask task_;  // last: joined before the rest goes
};

}  // namespace modascope
