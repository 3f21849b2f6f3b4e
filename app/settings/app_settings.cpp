#include "app/settings/app_settings.h"

#include <QStandardPaths>

#include "app/settings/paths.h"

namespace modascope {
namespace {

constexpr auto kRuns = "folders/runs";
constexpr auto kCache = "folders/cache";
constexpr auto kData = "folders/data";
constexpr auto kDeclined = "resume/declined";
constexpr auto kGeometry = "window/geometry";

std::filesystem::path below(QStandardPaths::StandardLocation location) {
  return asPath(QStandardPaths::writableLocation(location)) / "modascope";
}

}  // namespace

AppSettings::AppSettings(const std::optional<std::filesystem::path>& file)
    : settings_(
          asText(file.value_or(below(QStandardPaths::GenericConfigLocation) / "modascope.ini")),
          QSettings::IniFormat) {}

void AppSettings::reset() {
  settings_.clear();
  settings_.sync();
}

std::filesystem::path AppSettings::file() const {
  return asPath(settings_.fileName());
}

std::filesystem::path AppSettings::runsFolder() const {
  const QString chosen = settings_.value(kRuns).toString();
  return chosen.isEmpty() ? below(QStandardPaths::GenericDataLocation) / "runs" : asPath(chosen);
}

void AppSettings::setRunsFolder(const std::filesystem::path& folder) {
  settings_.setValue(kRuns, asText(folder));
}

std::filesystem::path AppSettings::cacheFolder() const {
  const QString chosen = settings_.value(kCache).toString();
  return chosen.isEmpty() ? below(QStandardPaths::GenericCacheLocation) : asPath(chosen);
}

void AppSettings::setCacheFolder(const std::filesystem::path& folder) {
  settings_.setValue(kCache, asText(folder));
}

std::optional<std::filesystem::path> AppSettings::dataFolder() const {
  const QString folder = settings_.value(kData).toString();
  if (folder.isEmpty()) return std::nullopt;
  return asPath(folder);
}

void AppSettings::setDataFolder(const std::optional<std::filesystem::path>& folder) {
  if (folder) {
    settings_.setValue(kData, asText(*folder));
  } else {
    settings_.remove(kData);
  }
}

QString AppSettings::declinedRun() const {
  return settings_.value(kDeclined).toString();
}

void AppSettings::setDeclinedRun(const QString& id) {
  settings_.setValue(kDeclined, id);
}

QByteArray AppSettings::windowGeometry() const {
  return settings_.value(kGeometry).toByteArray();
}

void AppSettings::setWindowGeometry(const QByteArray& geometry) {
  settings_.setValue(kGeometry, geometry);
}

}  // namespace modascope
