#include "core/data/sample_sampler.h"

#include <ATen/ATen.h>

#include "core/base/error.h"

namespace modascope {

SampleSampler::SampleSampler(SamplerOptions options, std::size_t cases, SampleLoader load)
    : Sampler(options, cases), load_(std::move(load)) {}

Batch SampleSampler::batch(std::int64_t step) const {
  Batch batch;
  std::vector<torch::Tensor> x, y;
  for (std::int64_t n = 0; n < options_.batch; ++n) {
    const std::int64_t number = step * options_.batch + n;
    Sample sample;
    withCaseOf(number, batch, [&](std::size_t index) {
      auto rng = rngOf(number);
      sample = load_(index, rng);
      if (!sample.available) throw Error(inQuotes(sample.id) + " has none of the modalities.");
    });
    x.push_back(sample.x);
    y.push_back(sample.y);
    batch.available.push_back(sample.available.value());
    batch.cases.push_back(sample.id);
  }
  batch.x = at::stack(x);
  batch.y = at::stack(y);
  return batch;
}

}  // namespace modascope
