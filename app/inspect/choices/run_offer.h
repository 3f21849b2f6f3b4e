#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/jobs/run_list_job.h"
#include "app/pages/run_watch.h"
#include "core/cohort/cohort.h"

class QComboBox;

namespace modascope {

class AppSettings;

/// The runs that can be chosen for a cohort, in a combo box that follows the folder of runs,
/// whoever writes there. GUI thread.
class RunOffer : public QObject {
  Q_OBJECT

 public:
  RunOffer(QComboBox& box, const AppSettings& settings, QObject* parent = nullptr);

  /// Those that fit to it will be offered.
  void setCohort(const std::shared_ptr<const Cohort>& cohort) { cohort_ = cohort; }
  /// Will be marked, wherever it lies; empty: no run.
  void setChosen(const std::filesystem::path& run) { chosen_ = run; }
  /// What is known is offered at once, and looked at again.
  void offer();
  /// As soon as it is known which runs there are, the one that suits best is told by `suggested`.
  void suggest();
  /// From now on the newest run is suggested, no longer that of the session before.
  void preferNewest() { preferNewest_ = true; }

 Q_SIGNALS:
  void suggested(const std::filesystem::path& run);

 private:
  void fill();
  void take(const std::shared_ptr<const std::vector<RunSummary>>& runs);
  const RunSummary* lastOpened() const;

  QComboBox& box_;
  const AppSettings& settings_;
  std::shared_ptr<const Cohort> cohort_;
  std::filesystem::path chosen_;
  bool suggesting_ = false;
  bool preferNewest_ = false;
  std::shared_ptr<const std::vector<RunSummary>> runs_;  ///< as they were last looked at
  RunListJob list_;
  RunWatch watch_;
};

}  // namespace modascope
