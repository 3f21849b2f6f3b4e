#pragma once

#include <QObject>
#include <filesystem>
#include <memory>
#include <optional>

#include "app/demo/opened_demo.h"
#include "app/jobs/newest_task.h"

namespace modascope {

/// Opens demonstrations beside the window; the newest request wins. Methods and signals belong to
/// the GUI thread.
class DemoJob : public QObject {
  Q_OBJECT

 public:
  using QObject::QObject;

  /// Nothing: the embedded one.
  void open(const std::optional<std::filesystem::path>& file);

 Q_SIGNALS:
  void opened(const std::shared_ptr<const modascope::OpenedDemo>& demo);
  void failed(const QString& sentence);

 private:
  int asked_ = 0;
  NewestTask task_;  // last: joined before the rest goes
};

}  // namespace modascope
