#include "core/adapters/adapted_layers.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

namespace modascope {
namespace {

using Words = std::vector<std::string>;

Words wordsOf(const std::string& name) {
  Words words;
  std::istringstream stream(name);
  for (std::string word; std::getline(stream, word, '.');) words.push_back(word);
  return words;
}

std::optional<LayerKind> kindNamed(std::string_view word) {
  if (word == "conv") return LayerKind::Convolution;
  if (word == "linear") return LayerKind::Linear;
  if (word == "norm") return LayerKind::Normalisation;
  return std::nullopt;
}

/// Of "<x>.norm.weight", or of "<x>.norm.<modality>.weight" where the block has an owner.
std::optional<LayerKind> kindOf(const ParameterBlock& block, const Words& words) {
  const auto named = [&](std::size_t fromEnd) {
    return words.size() > fromEnd ? kindNamed(words[words.size() - 1 - fromEnd]) : std::nullopt;
  };
  const auto kind = named(1);
  return kind || !block.owner ? kind : named(2);
}

/// A prefix names the modality or subset that a part belongs to: "t1+flair.up.0.a.conv.weight".
bool isAfterFusion(const ParameterBlock& block, const Words& words) {
  static constexpr std::array<std::string_view, 3> kParts{"decoder", "up", "head"};
  const auto isOne = [](const std::string& word) {
    return std::find(kParts.begin(), kParts.end(), word) != kParts.end();
  };
  const bool hasPrefix = block.owner || block.onlyFor;
  return isOne(words[0]) || (hasPrefix && words.size() > 1 && isOne(words[1]));
}

/// Biases follow their weights, though not always at once.
AdaptedLayer* find(std::vector<AdaptedLayer>& layers, const std::string& name) {
  const auto found = std::find_if(layers.rbegin(), layers.rend(),
                                  [&](const AdaptedLayer& layer) { return layer.name == name; });
  return found == layers.rend() ? nullptr : &*found;
}

}  // namespace

std::vector<AdaptedLayer> adaptedLayers(const ParameterLayout& layout, ModalitySet set) {
  std::vector<AdaptedLayer> layers;
  for (const ParameterBlock& block : layout.blocks()) {
    if (!block.isReachedBy(set)) continue;
    const Words words = wordsOf(block.name);
    const auto kind = kindOf(block, words);
    if (!kind || isAfterFusion(block, words)) continue;
    const std::string name = block.name.substr(0, block.name.rfind('.'));
    if (words.back() == "weight")
      layers.push_back({name, *kind, block, std::nullopt});
    else if (AdaptedLayer* layer = find(layers, name); layer && words.back() == "bias")
      layer->bias = block;
  }
  return layers;
}

}  // namespace modascope
