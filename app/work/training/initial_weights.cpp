#include "app/work/training/initial_weights.h"

#include "core/checkpoints/checkpoint_keeper.h"
#include "core/files/paths.h"

namespace modascope {

std::filesystem::path initialWeightsFile(const RunFolder& run) {
  return run.checkpoints() / (std::string(kInitialWeights) + ".safetensors");
}

std::optional<InitialWeights> initialWeightsOf(const RunFolder& run) {
  const auto file = initialWeightsFile(run);
  if (!isThere(file)) return std::nullopt;
  return InitialWeights{file, "modascope"};
}

}  // namespace modascope
