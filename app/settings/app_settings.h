#pragma once

#include <QByteArray>
#include <QSettings>
#include <QVariant>
#include <filesystem>
#include <optional>

namespace modascope {

/// What the window remembers between two starts, in an INI file below the XDG folders. The only
/// place that uses QSettings. GUI thread.
class AppSettings {
 public:
  /// At `file`; without one, at $XDG_CONFIG_HOME/modascope/modascope.ini.
  explicit AppSettings(const std::optional<std::filesystem::path>& file = std::nullopt);

  /// Forgets everything.
  void reset();
  std::filesystem::path file() const;

  /// Where runs are made: $XDG_DATA_HOME/modascope/runs unless chosen otherwise.
  std::filesystem::path runsFolder() const;
  void setRunsFolder(const std::filesystem::path& folder);

  /// Where the embedded phantom cohort is kept: $XDG_CACHE_HOME/modascope unless chosen otherwise.
  std::filesystem::path cacheFolder() const;
  void setCacheFolder(const std::filesystem::path& folder);

  /// Nothing when the window was last closed on the embedded phantom.
  std::optional<std::filesystem::path> dataFolder() const;
  void setDataFolder(const std::optional<std::filesystem::path>& folder);

  /// The interrupted run that the user does not want to be asked about again; empty if none.
  QString declinedRun() const;
  void setDeclinedRun(const QString& id);

  /// What the form said last, as TOML, of one kind of data ("phantom" or a task's key); empty if it
  /// was never changed.
  QString runSettings(const QString& kind) const;
  void setRunSettings(const QString& kind, const QString& toml);

  /// The case that was looked at last in these data, and the run; nothing if none was.
  QString lastCase(const std::filesystem::path& data) const;
  void setLastCase(const std::filesystem::path& data, const QString& id);
  std::optional<std::filesystem::path> lastRun() const;
  void setLastRun(const std::filesystem::path& run);

  /// How things were looked at: a choice by its name, such as "overlay/opacity"; invalid if it was
  /// never made.
  QVariant view(const QString& name) const;
  void setView(const QString& name, const QVariant& choice);

  QByteArray windowGeometry() const;
  void setWindowGeometry(const QByteArray& geometry);

 private:
  QSettings settings_;
};

}  // namespace modascope
