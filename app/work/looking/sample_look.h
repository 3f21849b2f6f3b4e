#pragma once

#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/work/cohort_data.h"
#include "core/metrics/subset_outputs.h"

namespace modascope {

class Prediction;

/// One sample as a network sees it, and what is known of it.
struct SampleLook {
  std::string id;
  std::vector<std::vector<float>> values;  ///< standardised, [steps · width] of each modality
  ModalitySet available = ModalitySet::firstOf(1);
  std::string text;  ///< what was said; empty if the file does not tell
  double truth = 0;  ///< class number or value
};

/// The labels of the training samples.
struct LabelFacts {
  std::vector<double> mean;  ///< frequency of each class, or the mean value
  double least = 0;          ///< of numbers
  double most = 0;
};

/// Of the training split, for data that no run has been trained on.
std::vector<Moments> momentsOf(const CohortData& data);
LabelFacts labelFactsOf(const CohortData& data, const std::vector<Moments>& moments);

/// Throws `Error` when the sample is not in the data or has no modality at all.
SampleLook lookAt(const CohortData& data, const CaseInfo& info,
                  const std::vector<Moments>& moments);
/// From every subset that the sample has. Nothing when stopped.
std::optional<SubsetOutputs> outputsOf(const Problem& problem, const Prediction& prediction,
                                       std::stop_token stop = {});

}  // namespace modascope
