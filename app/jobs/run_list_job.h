#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <vector>

#include "app/jobs/newest_task.h"
#include "app/work/run_survey.h"

namespace modascope {

/// Looks at the runs of a folder, however many there are, and again when asked; the newest request
/// wins. All methods and signals belong to the GUI thread.
class RunListJob : public QObject {
  Q_OBJECT

 public:
  explicit RunListJob(QObject* parent = nullptr);

  /// Answered by `listed`, unless another is asked for first.
  void list(const std::filesystem::path& runs);

 Q_SIGNALS:
  void listed(const std::shared_ptr<const std::vector<modascope::RunSummary>>& runs);

 private:
  std::uint64_t number_ = 0;           ///< of the newest request
  std::shared_ptr<RunSurvey> survey_;  ///< used on the task's thread only
  NewestTask task_;                    // last: joined before the rest goes
};

}  // namespace modascope
