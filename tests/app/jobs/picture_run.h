#pragma once

#include <filesystem>
#include <memory>

#include "app/work/training/training.h"
#include "core/cohort/cohort.h"
#include "core/config/config_keys.h"
#include "tests/core/imagefolder/made_up_pictures.h"

namespace modascope::testing {

/// A folder of small pictures and a run that was trained on it for a few steps.
struct PictureRun {
  std::filesystem::path data;
  std::filesystem::path run;
  std::shared_ptr<const Cohort> cohort;
};

inline PictureRun trainOnPictures(const std::filesystem::path& root, std::int64_t steps = 30) {
  std::filesystem::create_directories(root / "pictures");
  writeMadeUpPictures(root / "pictures");
  RunConfig config = standardFor(Task::Segmentation2d);
  config.train.steps = steps;
  config.train.crop = 16;
  config.train.lr = 0.005;
  config.train.validateEvery = 1000000;
  config.model.embedding = 16;
  config.model.layers = 1;
  config.compute.threads = 1;
  const auto run = startTraining({root / "pictures", root / "runs", config}, {}).run;
  return {root / "pictures", run, std::make_shared<const Cohort>(openCohort(root / "pictures"))};
}

}  // namespace modascope::testing
