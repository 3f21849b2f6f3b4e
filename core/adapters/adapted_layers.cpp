#include "core/adapters/adapted_layers.h"

#include <algorithm>
#include <array>
#include <optional>
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

struct LayerName {
  std::string name;  ///< "<x>.norm"
  LayerKind kind;
};

/// Of "<x>.norm.weight", or of "<x>.norm.<modality>.weight" where the block has an owner.
std::optional<LayerName> layerOf(const ParameterBlock& block) {
  std::string name = block.name.substr(0, block.name.rfind('.'));
  const auto kind = [&] { return kindNamed(name.substr(name.rfind('.') + 1)); };
  if (!kind() && block.owner) name = name.substr(0, name.rfind('.'));
  if (!kind()) return std::nullopt;
  return LayerName{name, *kind()};
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

/// "<x>" of "<x><end>".
std::optional<std::string> before(const std::string& end, const std::string& name) {
  if (!name.ends_with(end)) return std::nullopt;
  return name.substr(0, name.size() - end.size());
}

/// Of the layers that `addTransformerBlock` makes.
void leaveOutWhatOthersCanDo(std::vector<AdaptedLayer>& layers) {
  for (AdaptedLayer& layer : layers) {
    const auto inBlock = [&](const char* end) {
      const auto block = before(end, layer.name);
      return block && find(layers, *block + ".attention.query.linear") != nullptr;
    };
    const bool isKey = inBlock(".attention.key.linear");
    layer.needsScale = !isKey;
    layer.needsShift = !isKey && !inBlock(".attention.value.linear") && !inBlock(".before.norm") &&
                       !inBlock(".between.norm");
  }
}

}  // namespace

std::vector<AdaptedLayer> adaptedLayers(const ParameterLayout& layout, ModalitySet set) {
  std::vector<AdaptedLayer> layers;
  for (const ParameterBlock& block : layout.blocks()) {
    if (!block.isReachedBy(set)) continue;
    const Words words = wordsOf(block.name);
    const auto layerName = layerOf(block);
    if (!layerName || isAfterFusion(block, words)) continue;
    AdaptedLayer* layer = find(layers, layerName->name);
    if (words.back() == "weight") {
      if (!layer)
        layer = &layers.emplace_back(AdaptedLayer{layerName->name, layerName->kind, {}, {}});
      layer->weights.push_back(block);
    } else if (layer && words.back() == "bias") {
      layer->biases.push_back(block);
    }
  }
  leaveOutWhatOthersCanDo(layers);
  return layers;
}

}  // namespace modascope
