#include "app/experiment/planning/run_planning.h"

#include <chrono>

#include "app/experiment/planning/plan_panel.h"
#include "app/settings/app_settings.h"

namespace modascope {

RunPlanning::RunPlanning(PlanPanel& panel, const AppSettings& settings, QObject* parent)
    : QObject(parent), panel_(panel), settings_(settings) {
  soon_.setSingleShot(true);
  soon_.setInterval(std::chrono::milliseconds(400));
  connect(&soon_, &QTimer::timeout, this, &RunPlanning::plan);
  connect(&panel_, &PlanPanel::tryRequested, this, &RunPlanning::tryStep);
  connect(&job_, &PlanJob::planned, &panel_, &PlanPanel::setPlan);
  connect(&job_, &PlanJob::tried, &panel_, &PlanPanel::setPace);
  connect(&job_, &PlanJob::failed, &panel_, &PlanPanel::say);
}

void RunPlanning::ask(const std::shared_ptr<const Cohort>& cohort, const RunConfig& config) {
  job_.forget();
  cohort_ = cohort;
  config_ = config;
  if (cohort_) return soon_.start();
  forget();
}

void RunPlanning::forget() {
  soon_.stop();
  job_.forget();
  cohort_.reset();
  panel_.clear();
}

void RunPlanning::plan() {
  job_.plan(cohort_, config_, settings_.runsFolder());
}

void RunPlanning::tryStep() {
  if (!cohort_) return;
  panel_.say(tr("Trying two steps…"));
  job_.tryStep(cohort_->folder, config_);
}

}  // namespace modascope
