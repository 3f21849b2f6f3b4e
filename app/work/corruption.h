#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <stop_token>
#include <string_view>
#include <vector>

#include "app/work/cohort_data.h"
#include "app/work/trained_run.h"

namespace modascope {

/// What may be wrong with a modality that is there, beside its absence.
enum class Corruption {
  Absent,    ///< not given to the network
  Noise,     ///< independent normal values of the training data's mean and deviation
  Constant,  ///< every number one deviation above its mean
  Shuffled   ///< another sample's, drawn without regard to the truth
};
inline constexpr std::array kCorruptions = {Corruption::Absent, Corruption::Noise,
                                            Corruption::Constant, Corruption::Shuffled};
std::string_view keyOf(Corruption corruption);  // "absent"

/// The task's main score when one modality is corrupted, on the samples that have all modalities.
struct CorruptionTable {
  ModalitySchema schema = ModalitySchema::brats();
  Task task = Task::Classification;
  double intact = 0;
  std::vector<std::array<double, kCorruptions.size()>> scores;  ///< one row a modality
  int cases = 0;
};

/// Nothing when stopped. Throws `Error` for volumes, which go through a network piece by piece.
std::optional<CorruptionTable> scoreCorrupted(const TrainedRun& run, const CohortData& data,
                                              const std::vector<CaseInfo>& cases,
                                              std::uint64_t seed, std::stop_token stop = {});

}  // namespace modascope
