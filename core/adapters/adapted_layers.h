#pragma once

#include <optional>
#include <string>
#include <vector>

#include "core/models/parameter_layout.h"

namespace modascope {

enum class LayerKind { Linear, Convolution, Normalisation };

/// A layer of a frozen network that an adapter may follow; where its parameters lie in θ [P].
struct AdaptedLayer {
  std::string name;  ///< "down.0.a.conv", "inc.a.norm.t1"
  LayerKind kind = LayerKind::Convolution;
  ParameterBlock weight;  ///< [C, …], C output channels
  std::optional<ParameterBlock> bias;

  std::int64_t channels() const { return weight.shape.front(); }
};

/// Every linear, convolution and normalisation layer of encoders and fusion blocks that `set` runs
/// through; decoder and head stay as they are (METHOD section 5). Layers are told by the names of
/// their parameters, see `ParameterBlock`.
std::vector<AdaptedLayer> adaptedLayers(const ParameterLayout& layout, ModalitySet set);

}  // namespace modascope
