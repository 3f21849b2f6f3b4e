#pragma once

#include <QObject>
#include <optional>

#include "core/config/run_config.h"
#include "core/problem/task.h"

namespace modascope {

class AppSettings;
class ConfigForm;

/// Each kind of data (the phantom, or a task) has settings of its own, which the next session finds
/// as they were left. Knows, too, what the form said before anybody edited it. GUI thread.
class FormMemory : public QObject {
  Q_OBJECT

 public:
  FormMemory(ConfigForm& form, AppSettings& settings, const RunConfig& ofPhantom,
             QObject* parent = nullptr);

  /// The form offers what suits these data: the settings that they were left with, or else the
  /// standard. Where nothing is known and the task is the same, it stays as it is.
  void suit(Task task, bool phantom);
  /// The form says this from now on.
  void show(Task task, const RunConfig& config);
  const RunConfig& shown() const { return shown_; }

 Q_SIGNALS:
  void noted(const QString& sentence);

 private:
  void remember();
  std::optional<RunConfig> remembered(const QString& kind);
  RunConfig standard(Task task, bool phantom) const;

  ConfigForm& form_;
  AppSettings& settings_;
  const RunConfig ofPhantom_;
  QString kind_;  ///< of the data that the form is for; empty: none yet
  RunConfig shown_;
};

}  // namespace modascope
