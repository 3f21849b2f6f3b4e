#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "app/jobs/newest_task.h"
#include "core/cohort/cohort.h"
#include "core/phantom/phantom.h"

namespace modascope {

/// Looks into a folder, or makes the phantom cohort, without holding up the window. All methods
/// and signals belong to the GUI thread.
class CohortJob : public QObject {
  Q_OBJECT

 public:
  explicit CohortJob(QObject* parent = nullptr) : QObject(parent) {}

  void open(const std::filesystem::path& path);
  /// The phantom cohort below `cache`, written there the first time, so that it goes through the
  /// same reader as everything else.
  void openPhantom(const PhantomOptions& options, const std::filesystem::path& cache);

 Q_SIGNALS:
  void opened(const std::shared_ptr<const modascope::Cohort>& cohort);
  void failed(const QString& sentence);

 private:
  void post(std::function<Cohort(std::stop_token)> work);

  std::uint64_t newest_ = 0;
  NewestTask task_;
};

/// The folder of these phantoms below `cache`.
std::filesystem::path phantomFolder(const PhantomOptions& options,
                                    const std::filesystem::path& cache);

}  // namespace modascope
