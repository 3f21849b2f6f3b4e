#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/jobs/cohort_job.h"

namespace modascope {

class AppSettings;
class DataPanel;

/// The data that runs are trained on: looks into what was chosen, says on the panel what is there,
/// and remembers what opened for the next session. GUI thread.
class ChosenData : public QObject {
  Q_OBJECT

 public:
  ChosenData(DataPanel& panel, AppSettings& settings, QObject* parent = nullptr);

  /// There are no data until it is `opened`.
  void open(const std::filesystem::path& path);
  void openPhantom(const PhantomOptions& options);

  /// Null: none yet, or they could not be opened.
  const std::shared_ptr<const Cohort>& cohort() const { return cohort_; }
  /// Whether it is, or is going to be, the embedded phantom.
  bool isPhantom() const { return !path_; }

 Q_SIGNALS:
  void opened(const std::shared_ptr<const modascope::Cohort>& cohort);
  void failed(const QString& sentence);

 private:
  void look(const QString& source, const std::optional<std::filesystem::path>& path);
  void take(const std::shared_ptr<const Cohort>& cohort);

  DataPanel& panel_;
  AppSettings& settings_;
  QString source_;                             ///< as the panel calls it
  std::optional<std::filesystem::path> path_;  ///< nothing: the phantom
  std::shared_ptr<const Cohort> cohort_;
  CohortJob looking_;
};

}  // namespace modascope
