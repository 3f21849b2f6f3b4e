#include "app/jobs/run_list_job.h"

namespace modascope {

RunListJob::RunListJob(QObject* parent) : QObject(parent), survey_(std::make_shared<RunSurvey>()) {}

void RunListJob::list(const std::filesystem::path& runs) {
  const auto number = ++number_;
  task_.post([this, runs, number](std::stop_token stop) {
    std::shared_ptr<const std::vector<RunSummary>> found;
    try {
      found = std::make_shared<const std::vector<RunSummary>>(survey_->look(runs, stop));
    } catch (const std::exception&) {  // such as a folder that goes while it is looked at
      found = std::make_shared<const std::vector<RunSummary>>();
    }
    if (stop.stop_requested()) return;
    QMetaObject::invokeMethod(
        this,
        [this, found, number] {
          if (number == number_) Q_EMIT listed(found);
        },
        Qt::QueuedConnection);
  });
}

}  // namespace modascope
