#pragma once

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>
#include <filesystem>
#include <vector>

#include "app/work/run_survey.h"

namespace modascope {

/// Notices that runs come, go or change in a folder, whoever makes them. GUI thread.
class RunWatch : public QObject {
  Q_OBJECT

 public:
  explicit RunWatch(QObject* parent = nullptr);

  /// The folder, those in it, and the runs that go on.
  void watch(const std::filesystem::path& folder, const std::vector<RunSummary>& runs);

 Q_SIGNALS:
  /// Once for all that happens within half a second.
  void changed();

 private:
  QFileSystemWatcher files_;
  QTimer calm_;
};

}  // namespace modascope
