#include "core/models/unet/unet_plan.h"

#include <ATen/ATen.h>

#include "core/models/model.h"

namespace modascope {
namespace {

using torch::Tensor;

/// x with zeros where a modality is not in the set.
Tensor masked(const Tensor& x, ModalitySet set) {
  Tensor kept = torch::zeros_like(x);
  for (const ModalityId id : set.ids()) {
    const auto m = static_cast<std::int64_t>(id.index());
    kept.select(1, m).copy_(x.select(1, m));
  }
  return kept;
}

}  // namespace

Tensor UnetPlan::inputOf(const EncoderRun& run, const ParameterLayout& layout,
                         const Tensor& x) const {
  const std::int64_t channels = layout[encoders[run.encoder].front().a.weight].shape[1];
  if (channels != static_cast<std::int64_t>(run.sees.size())) return masked(x, run.sees);
  return x.index_select(1, indicesOf(run.sees, x.device()));
}

}  // namespace modascope
