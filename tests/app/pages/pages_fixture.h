#pragma once

#include <QObject>
#include <QTemporaryDir>
#include <memory>

#include "app/settings/app_settings.h"
#include "app/work/training/training.h"
#include "core/cohort/cohort.h"
#include "tests/app/jobs/tiny_run.h"

namespace modascope::testing {

/// A tiny cohort, a run that was trained on it, and settings of their own, made once a test.
class PagesFixture : public QObject {
 public:
  PagesFixture() { settings_->setRunsFolder(root_ / "runs"); }

 protected:
  std::shared_ptr<const Cohort> cohort() const {
    return std::make_shared<const Cohort>(openCohort(data_));
  }

  QTemporaryDir folder_;
  const std::filesystem::path root_ = folder_.path().toStdString();
  const std::filesystem::path data_ = writeTinyCohort(root_ / "data");
  const std::filesystem::path run_ = startTraining({data_, root_ / "runs", tinyConfig(2)}, {}).run;
  const std::unique_ptr<AppSettings> settings_ =
      std::make_unique<AppSettings>(root_ / "settings.ini");
};

}  // namespace modascope::testing
