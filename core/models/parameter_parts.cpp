#include "core/models/parameter_parts.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/base/seed.h"

namespace modascope {

using torch::Tensor;

void fillUniform(Tensor values, double bound, std::mt19937_64& rng) {
  const auto host = torch::empty(values.sizes(), torch::kFloat32);
  float* p = host.data_ptr<float>();
  for (std::int64_t i = 0; i < host.numel(); ++i)
    p[i] = static_cast<float>((2 * uniform(rng) - 1) * bound);
  values.copy_(host);
}

void startConvolution(Tensor weight, Tensor bias, std::mt19937_64& rng) {
  const double bound = 1.0 / std::sqrt(static_cast<double>(weight[0].numel()));
  fillUniform(weight, bound, rng);
  fillUniform(bias, bound, rng);
}

}  // namespace modascope
