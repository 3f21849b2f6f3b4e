#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "app/work/adapting/adapters_worth.h"
#include "core/cohort/splits/patients.h"
#include "core/events/events.h"
#include "core/runs/run_store.h"

namespace modascope {

struct TrainedRun;

/// The facts of an opened run that a page shows.
struct OpenedRun {
  std::filesystem::path folder;
  RunManifest manifest;
  ModelDescription model;
  std::int64_t step = 0;
  std::vector<std::int64_t> snapshots;   ///< other steps whose weights were kept, rising
  PatientRule patients;                  ///< by which it was split
  std::vector<std::string> layers = {};  ///< where modalities can be told apart
  std::string defaultLayer = {};
  std::optional<AdaptersWorth> adapters = {};  ///< of an adaptation

  /// Whether it was trained on a case of this one's patient: its scores then flatter.
  bool sawPatientOf(const std::string& caseId) const;
};

/// Without layers.
OpenedRun openedRunOf(const TrainedRun& run);

}  // namespace modascope
