#include "app/experiment/planning/chosen_data.h"

#include "app/experiment/planning/data_panel.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"

namespace modascope {

ChosenData::ChosenData(DataPanel& panel, AppSettings& settings, QObject* parent)
    : QObject(parent), panel_(panel), settings_(settings) {
  connect(&looking_, &CohortJob::opened, this, &ChosenData::take);
  connect(&looking_, &CohortJob::failed, this, [this](const QString& sentence) {
    panel_.setFailed(source_);
    Q_EMIT failed(sentence);
  });
}

void ChosenData::open(const std::filesystem::path& path) {
  look(asText(path), path);
  looking_.open(path);
}

void ChosenData::openPhantom(const PhantomOptions& options) {
  look(tr("Embedded phantom"), std::nullopt);
  looking_.openPhantom(options, settings_.cacheFolder());
}

void ChosenData::look(const QString& source, const std::optional<std::filesystem::path>& path) {
  source_ = source;
  path_ = path;
  cohort_.reset();
  panel_.setLooking(source_);
}

/// Only what opened is found open at the next start.
void ChosenData::take(const std::shared_ptr<const Cohort>& cohort) {
  cohort_ = cohort;
  settings_.setDataFolder(path_);
  panel_.setCohort(source_, *cohort);
  Q_EMIT opened(cohort);
}

}  // namespace modascope
