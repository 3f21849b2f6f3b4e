#pragma once

#include <memory>
#include <random>
#include <stop_token>
#include <string>
#include <vector>

#include "core/data/case_source.h"
#include "core/data/sample.h"

namespace modascope {

/// What training takes of a picture.
struct SampleCut {
  std::int64_t side = 0;  ///< pixels
  double flip = 0.5;      ///< probability of mirroring left and right
};

/// What pictures and features have in common: a sample goes through a network whole.
class SampleSource : public CaseSource, public std::enable_shared_from_this<SampleSource> {
 public:
  /// Standardised by `moments`, one for each modality.
  virtual Sample get(const CaseInfo& info, const std::vector<Moments>& moments) const = 0;
  /// Whether it is in memory, so that its files are not read again.
  virtual bool isKept(const CaseInfo& /*info*/) const { return true; }
  /// For training: of a picture, a piece of it.
  virtual Sample draw(const CaseInfo& info, const std::vector<Moments>& moments,
                      const SampleCut& /*cut*/, std::mt19937_64& /*rng*/) const {
    return get(info, moments);
  }

  std::shared_ptr<const Sampler> sampler(const TrainingCases& training,
                                         const SamplerOptions& options) const override;
  CaseInfo look(const CaseInfo& headers, const std::stop_token& stop) const override;

 private:
  /// Throws `Error` when it cannot be read, or when a value is not finite.
  virtual void examine(const CaseInfo& /*info*/) const {}
};

/// Throws `Error` when they are volumes.
const SampleSource& samplesOf(const CaseSource& source);

}  // namespace modascope
