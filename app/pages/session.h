#pragma once

#include <QObject>
#include <filesystem>
#include <memory>

#include "core/cohort/cohort.h"

namespace modascope {

/// What the pages of a window tell one another; they know each other by nothing else. GUI thread.
class Session : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

 Q_SIGNALS:
  void cohortOpened(const std::shared_ptr<const modascope::Cohort>& cohort);
  /// A checkpoint of this run is on disk.
  void checkpointReady(const std::filesystem::path& run);
  /// Nothing is running any more; `run` is the last that did.
  void runEnded(const std::filesystem::path& run);
  /// Somebody wants to see what this run has learned.
  void inspectRequested(const std::filesystem::path& run);
};

}  // namespace modascope
