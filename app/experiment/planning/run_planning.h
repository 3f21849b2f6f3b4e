#pragma once

#include <QObject>
#include <QTimer>
#include <memory>

#include "app/jobs/plan_job.h"

namespace modascope {

class AppSettings;
class PlanPanel;

/// Fills the panel that says what a run would be like. GUI thread.
class RunPlanning : public QObject {
  Q_OBJECT

 public:
  RunPlanning(PlanPanel& panel, const AppSettings& settings, QObject* parent = nullptr);

  /// Of a run of these settings; found out soon, since a form is edited key by key. Null: nothing
  /// can start, and its place is empty.
  void ask(const std::shared_ptr<const Cohort>& cohort, const RunConfig& config);
  /// A run begins: nothing is planned, and what is under way is not told.
  void forget();

 private:
  void plan();
  void tryStep();

  PlanPanel& panel_;
  const AppSettings& settings_;
  std::shared_ptr<const Cohort> cohort_;
  RunConfig config_;
  QTimer soon_;
  PlanJob job_;
};

}  // namespace modascope
