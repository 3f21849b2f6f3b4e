#include "core/models/model.h"

#include "core/base/error.h"
#include "core/models/ds_unet3d.h"

namespace modascope {

torch::Tensor MultimodalModel::parameter(std::size_t block) const {
  const ParameterBlock& place = layout_[block];
  return parameters_.narrow(0, place.offset, place.size).view(place.shape);
}

void MultimodalModel::allocate(torch::Device device) {
  parameters_ = torch::zeros({layout_.total()}, torch::dtype(torch::kFloat32).device(device));
}

std::unique_ptr<LateFusionModel> makeModel(const RunConfig& config, const ModalitySchema& schema,
                                           const std::vector<std::string>& outputs,
                                           torch::Device device) {
  const Seed seed{static_cast<std::uint64_t>(config.train.seed)};
  if (config.model.kind == "ds-norm")
    return std::make_unique<DsUnet3d>(config.model.width, schema, outputs, seed, device);
  throw Error("model.kind is '" + config.model.kind + "'; there is ds-norm.");
}

}  // namespace modascope
