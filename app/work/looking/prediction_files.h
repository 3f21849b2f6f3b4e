#pragma once

#include <filesystem>
#include <string>

#include "core/imagefolder/picture.h"
#include "core/metrics/subset_outputs.h"
#include "core/problem/corruption.h"

namespace modascope {

/// Where predictions for a case come from.
struct PredictionSource {
  std::string caseId;
  std::filesystem::path data;
  std::filesystem::path run;
  std::string network;    ///< "ds-transformer"
  std::int64_t step = 0;  ///< of the checkpoint
  bool trainedOn = false;
  Corruption leftOut = Corruption::Absent;  ///< what modalities outside a set were
};

/// What a network sees in a picture from some of its modalities.
struct PredictedClasses {
  Problem problem;
  ModalitySet set = ModalitySet::firstOf(1);
  LabelPicture classes;
};

/// Beside each file stands where it comes from, as JSON: "Classes.png" and "Classes.png.json". All
/// throw `Error` when they cannot write.

/// A grey PNG with the numbers that the labels of the data use.
void writeClasses(const std::filesystem::path& file, const PredictedClasses& predicted,
                  const PredictionSource& source);
/// CSV, a row for each subset: of classes the one predicted and the probability of each; or the
/// number; and beside it the truth.
void writeOutputs(const std::filesystem::path& file, const SubsetOutputs& outputs, double truth,
                  const PredictionSource& source);
/// CSV, a row for each modality: its Shapley value, its share, and what is lost when it is removed.
void writeContributions(const std::filesystem::path& file, const SubsetOutputs& outputs,
                        const Contributions& contributions, const PredictionSource& source);

}  // namespace modascope
