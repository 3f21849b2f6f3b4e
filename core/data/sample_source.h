#pragma once

#include <cstdint>
#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/data/sample.h"
#include "core/problem/moments.h"

namespace modascope {

/// What training takes of an image.
struct SampleCut {
  std::int64_t side = 0;  ///< pixels
  double flip = 0.5;      ///< probability of mirroring left and right
};

/// Where the samples of a cohort come from, for tasks whose samples go through a network whole.
class SampleSource {
 public:
  virtual ~SampleSource() = default;

  /// Mean and deviation of each modality over these samples.
  virtual std::vector<Moments> fit(const std::vector<CaseInfo>& cases) const = 0;
  /// Standardised by `moments`, one for each modality.
  virtual Sample get(const CaseInfo& info, const std::vector<Moments>& moments) const = 0;
  /// Reads it once. Throws `Error` when that does not work, or when a value is not finite.
  virtual void examine(const CaseInfo& /*info*/) const {}
  /// Whether it is in memory, so that its files are not read again.
  virtual bool isKept(const CaseInfo& /*info*/) const { return true; }
  /// For training: of an image, a piece of it.
  virtual Sample draw(const CaseInfo& info, const std::vector<Moments>& moments,
                      const SampleCut& /*cut*/, std::mt19937_64& /*rng*/) const {
    return get(info, moments);
  }
  /// What there is to say about the data that headers do not tell.
  virtual std::vector<std::string> notes() const { return {}; }
};

/// For the cohort's task. Throws `Error` when the data cannot be read, and where reading a file of
/// features is stopped.
std::shared_ptr<const SampleSource> openSamples(const Cohort& cohort,
                                                const std::stop_token& stop = {});

}  // namespace modascope
