#include "app/settings/app_settings.h"

#include <QStandardPaths>

#include "app/settings/path_text.h"

namespace modascope {
namespace {

constexpr auto kRuns = "folders/runs";
constexpr auto kCache = "folders/cache";
constexpr auto kData = "folders/data";
constexpr auto kDeclined = "resume/declined";
constexpr auto kCaseData = "last/data";
constexpr auto kCase = "last/case";
constexpr auto kRun = "last/run";
constexpr auto kGeometry = "window/geometry";

/// Names of files need not be text.
QVariant stored(const std::filesystem::path& path) {
  const QString text = asText(path);
  if (asPath(text) == path) return text;
  return QByteArray::fromStdString(path.string());
}

std::filesystem::path pathFrom(const QVariant& value) {
  if (value.typeId() == QMetaType::QByteArray) return value.toByteArray().toStdString();
  return asPath(value.toString());
}

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
  const auto chosen = pathFrom(settings_.value(kRuns));
  return chosen.empty() ? below(QStandardPaths::GenericDataLocation) / "runs" : chosen;
}

void AppSettings::setRunsFolder(const std::filesystem::path& folder) {
  settings_.setValue(kRuns, stored(folder));
}

std::filesystem::path AppSettings::cacheFolder() const {
  const auto chosen = pathFrom(settings_.value(kCache));
  return chosen.empty() ? below(QStandardPaths::GenericCacheLocation) : chosen;
}

void AppSettings::setCacheFolder(const std::filesystem::path& folder) {
  settings_.setValue(kCache, stored(folder));
}

std::optional<std::filesystem::path> AppSettings::dataFolder() const {
  const auto folder = pathFrom(settings_.value(kData));
  if (folder.empty()) return std::nullopt;
  return folder;
}

void AppSettings::setDataFolder(const std::optional<std::filesystem::path>& folder) {
  if (folder) {
    settings_.setValue(kData, stored(*folder));
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

QString AppSettings::runSettings(const QString& kind) const {
  return settings_.value("run/" + kind).toString();
}

void AppSettings::setRunSettings(const QString& kind, const QString& toml) {
  settings_.setValue("run/" + kind, toml);
}

QString AppSettings::lastCase(const std::filesystem::path& data) const {
  return pathFrom(settings_.value(kCaseData)) == data ? settings_.value(kCase).toString()
                                                      : QString();
}

void AppSettings::setLastCase(const std::filesystem::path& data, const QString& id) {
  settings_.setValue(kCaseData, stored(data));
  settings_.setValue(kCase, id);
}

std::optional<std::filesystem::path> AppSettings::lastRun() const {
  const auto run = pathFrom(settings_.value(kRun));
  if (run.empty()) return std::nullopt;
  return run;
}

void AppSettings::setLastRun(const std::filesystem::path& run) {
  settings_.setValue(kRun, stored(run));
}

QVariant AppSettings::view(const QString& name) const {
  return settings_.value("view/" + name);
}

void AppSettings::setView(const QString& name, const QVariant& choice) {
  settings_.setValue("view/" + name, choice);
}

QByteArray AppSettings::windowGeometry() const {
  return settings_.value(kGeometry).toByteArray();
}

void AppSettings::setWindowGeometry(const QByteArray& geometry) {
  settings_.setValue(kGeometry, geometry);
}

}  // namespace modascope
