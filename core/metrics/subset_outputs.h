#pragma once

#include <utility>
#include <vector>

#include "core/metrics/shapley.h"
#include "core/metrics/subset_table.h"
#include "core/problem/problem.h"

namespace modascope {

/// What a network says of one sample from every subset of the modalities that the sample has:
/// probabilities of the classes, or the one number.
struct SubsetOutputs {
  Problem problem;
  ModalitySet available = ModalitySet::firstOf(1);
  std::vector<std::pair<ModalitySet, std::vector<double>>> each;  ///< `available` first

  /// Null where there is none.
  const std::vector<double>* of(ModalitySet set) const;
};

/// The likeliest class.
std::size_t classOf(const std::vector<double>& probabilities);

/// What each modality contributes to what all of them say: to the probability of the class that
/// they predict, or to the number. `none` is what is said without any input: frequencies of the
/// classes, or the mean label.
Contributions contributionsTo(const SubsetOutputs& outputs, const std::vector<double>& none);

/// A row for each subset. Of classes: the class predicted, its probability, that of the true class
/// and 1 where they are the same; of numbers: the prediction and its distance from the truth.
SubsetTable tableOfSample(const SubsetOutputs& outputs, double truth);

}  // namespace modascope
