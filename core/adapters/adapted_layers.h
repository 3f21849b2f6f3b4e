#pragma once

#include <string>
#include <vector>

#include "core/models/parameter_layout.h"

namespace modascope {

enum class LayerKind { Linear, Convolution, Normalisation };

/// A layer of a frozen network that an adapter may follow; where its parameters lie in θ [P].
struct AdaptedLayer {
  std::string name;  ///< "down.0.a.conv", "inc.a.norm"
  LayerKind kind = LayerKind::Convolution;
  /// [C, …], C output channels. One; a normalisation with an affine of each modality's own has
  /// those of all modalities of the subset.
  std::vector<ParameterBlock> weights;
  std::vector<ParameterBlock> biases;  ///< [C], as many as weights, or none
  /// Whether a factor, or a term, after this layer does what none after a later layer can. Inside
  /// a transformer block, for scores q·k and values v that attention averages: the query's γ and β
  /// do what the key's would; the output's β does what the value's would; and the β of every layer
  /// that reads a normalisation does what the normalisation's would.
  bool needsScale = true;
  bool needsShift = true;

  std::int64_t channels() const { return weights.front().shape.front(); }
};

/// Every linear, convolution and normalisation layer of encoders and fusion blocks that `set` runs
/// through; decoder and head stay as they are (METHOD section 5). Layers are told by the names of
/// their parameters, see `ParameterBlock`.
std::vector<AdaptedLayer> adaptedLayers(const ParameterLayout& layout, ModalitySet set);

}  // namespace modascope
