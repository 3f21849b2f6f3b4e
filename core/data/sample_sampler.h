#pragma once

#include <functional>

#include "core/data/sample.h"
#include "core/data/sampler.h"

namespace modascope {

/// Gives sample `index` of the training split; `rng` decides about crops and mirroring.
using SampleLoader = std::function<Sample(std::size_t index, std::mt19937_64& rng)>;

/// Batches of samples that have one size each.
class SampleSampler : public Sampler {
 public:
  SampleSampler(SamplerOptions options, std::size_t cases, SampleLoader load);

  Batch batch(std::int64_t step) const override;

 private:
  SampleLoader load_;
};

}  // namespace modascope
