#pragma once

#include "core/data/case_source.h"
#include "core/volume/volume.h"

namespace modascope {

/// Volumes are read case by case when they are asked for.
class VolumeSource : public CaseSource {
 public:
  explicit VolumeSource(const Cohort& cohort);

  /// The middle spacing along each axis, so that one odd case does not decide for all.
  DataFit fit(const std::vector<CaseInfo>& cases, const FitOptions& options) const override;
  /// Crops, mirrored by chance.
  std::shared_ptr<const Sampler> sampler(const TrainingCases& training,
                                         const SamplerOptions& options) const override;
  CaseInfo look(const CaseInfo& headers, const std::stop_token& stop) const override;
  /// Of cases that take part: what a user should look at, such as a file that was passed over.
  std::vector<std::string> notes() const override { return notes_; }

 private:
  Problem problem_;
  std::vector<std::string> notes_;
};

/// mm. Throws `Error` when the fit is not of volumes.
Vec3 spacingOf(const DataFit& fit);

}  // namespace modascope
