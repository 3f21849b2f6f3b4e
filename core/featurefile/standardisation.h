#pragma once

#include <vector>

#include "core/featurefile/feature_arrays.h"

namespace modascope {

/// Mean and deviation of every number of a vector, over samples and steps. Absent modalities and
/// numbers that are not finite count for nothing. Fitted on the training split alone.
class Standardisation {
 public:
  static Standardisation fit(const FeatureArrays& train, const Problem& problem);
  /// As stored: per modality `width` means and deviations.
  Standardisation(std::vector<std::vector<float>> means,
                  std::vector<std::vector<float>> deviations);

  /// (x − mean) / deviation; 0, that is the mean, for absent modalities, for numbers that are not
  /// finite and for those that never changed in the training split.
  void apply(FeatureArrays& arrays) const;

  const std::vector<float>& means(ModalityId id) const { return means_[id.index()]; }
  const std::vector<float>& deviations(ModalityId id) const { return deviations_[id.index()]; }

  bool operator==(const Standardisation&) const = default;

 private:
  std::vector<std::vector<float>> means_, deviations_;  ///< [modality][width]
};

/// How many numbers of each modality are not finite. Absent modalities are not looked at.
std::vector<std::size_t> nonFiniteCounts(const FeatureArrays& arrays);

/// "Audio has 3 values that are not finite in train; they are taken for the mean."
std::vector<std::string> nonFiniteNotes(const FeatureArrays& arrays, const ModalitySchema& schema,
                                        const std::string& split);

}  // namespace modascope
