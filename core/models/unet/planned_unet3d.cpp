#include "core/models/unet/planned_unet3d.h"

#include <algorithm>

#include <ATen/ATen.h>

#include "core/models/unet/engines/blocked_subsets.h"
#include "core/models/unet/unet_cut.h"

namespace modascope {

using torch::Tensor;

std::optional<double> PlannedUnet3d::convolutionWork(const std::vector<ModalitySet>& subsets,
                                                     std::int64_t voxels) const {
  double sum = 0;
  std::vector<EncoderRun> done;
  for (const ModalitySet set : subsets) {
    const SubsetRun run = runFor(set);
    for (const EncoderRun& encoder : run.encoders) {
      if (std::find(done.begin(), done.end(), encoder) != done.end()) continue;
      sum += modascope::convolutionWork(layout_, plan_.encoders[encoder.encoder], voxels);
      done.push_back(encoder);
    }
    sum += modascope::convolutionWork(layout_, plan_.decoders[run.decoder], voxels);
  }
  return sum;
}

Tensor PlannedUnet3d::logits(const Tensor& x, ModalitySet set) const {
  return x.is_cpu() ? runBlocked(*this, x, set) : AutogradModel::logits(x, set);
}

std::unique_ptr<SubsetTape> PlannedUnet3d::recordSubsets(
    const Tensor& x, const std::vector<ModalitySet>& subsets) const {
  return x.is_cpu() ? recordBlocked(*this, x, subsets) : AutogradModel::recordSubsets(x, subsets);
}

std::vector<Tensor> PlannedUnet3d::run(const ParameterValues& values, const Tensor& x,
                                       const std::vector<ModalitySet>& subsets) const {
  std::vector<std::pair<EncoderRun, FeatureLevels>> done;
  const auto featuresOf = [&](const EncoderRun& run) {
    const auto found =
        std::find_if(done.begin(), done.end(), [&](const auto& one) { return one.first == run; });
    if (found != done.end()) return found->second;
    const Tensor input = plan_.inputOf(run, layout_, x);
    done.emplace_back(run, runUnetEncoder(plan_.encoders[run.encoder], values, input));
    return done.back().second;
  };
  std::vector<Tensor> outputs;
  for (const ModalitySet set : subsets) {
    const SubsetRun run = runFor(set);
    std::vector<FeatureLevels> features;
    for (const EncoderRun& encoder : run.encoders) features.push_back(featuresOf(encoder));
    outputs.push_back(
        runUnetDecoder(plan_.decoders[run.decoder], values, fusedFeatures(features, plan_.fusion)));
  }
  return outputs;
}

std::vector<OwnLayer> PlannedUnet3d::ownLayers() const {
  if (plan_.fusion == FeatureFusion::None) return {};
  return layersOfKinds(describe(), {"encoder", "bottleneck"});
}

LayerCut PlannedUnet3d::cutAt(std::size_t layer, const Tensor& x, ModalitySet set) const {
  if (plan_.fusion == FeatureFusion::None) return AutogradModel::cutAt(layer, x, set);
  const SubsetRun run = runFor(set);
  FusedUnet net{{}, plan_.fusion, plan_.decoders[run.decoder], values()};
  std::vector<Tensor> inputs;
  for (const EncoderRun& encoder : run.encoders) {
    net.encoders.push_back(plan_.encoders[encoder.encoder]);
    inputs.push_back(plan_.inputOf(encoder, layout_, x));
  }
  return cutFusedUnet(std::move(net), layer, inputs);
}

SubsetRun PlannedUnet3d::encoderForEach(ModalitySet set) {
  SubsetRun run;
  for (const ModalityId id : set.ids()) run.encoders.push_back({id.index(), ModalitySet(id)});
  return run;
}

}  // namespace modascope
