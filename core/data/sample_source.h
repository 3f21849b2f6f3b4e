#pragma once

#include <memory>
#include <random>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/data/sample.h"
#include "core/problem/moments.h"

namespace modascope {

/// Where the samples of a cohort come from, for tasks whose samples go through a network whole.
class SampleSource {
 public:
  virtual ~SampleSource() = default;

  /// Mean and deviation of each modality over these samples.
  virtual std::vector<Moments> fit(const std::vector<CaseInfo>& cases) const = 0;
  /// Standardised by `moments`, one for each modality.
  virtual Sample get(const CaseInfo& info, const std::vector<Moments>& moments) const = 0;
  /// What there is to say about the data that headers do not tell.
  virtual std::vector<std::string> notes() const { return {}; }
};

/// For the cohort's task. Throws `Error` when the data cannot be read.
std::shared_ptr<const SampleSource> openSamples(const Cohort& cohort);

}  // namespace modascope
