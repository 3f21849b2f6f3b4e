#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// A parameter and where it lies in a network's flat vector.
///
/// Names tell what a parameter does, for adapters among others: a layer's parameters are
/// `<x>.conv.weight` and `.bias`, `<x>.linear.…` or `<x>.norm.…`; a normalisation of a modality's
/// own is `<x>.norm.<modality>.weight`. What follows the fusion begins with `decoder`, `up` or
/// `head`, after the prefix of its modality or subset if it has one.
struct ParameterBlock {
  std::string name;  ///< "down.0.a.conv.weight"
  std::vector<std::int64_t> shape;
  std::int64_t offset = 0;
  std::int64_t size = 0;
  /// The modality that it belongs to; nothing when all share it.
  std::optional<ModalityId> owner;
  /// The only subset whose loss reaches it, in networks that are made for one subset each.
  std::optional<ModalitySet> onlyFor;

  bool isReachedBy(ModalitySet subset) const {
    return (!owner || subset.contains(*owner)) && (!onlyFor || subset == *onlyFor);
  }
};

/// All parameters of a network in one vector of length `total()`: gradients of subsets are rows of
/// that length, and the optimiser's state has the same order.
class ParameterLayout {
 public:
  /// Returns the block's index.
  std::size_t add(std::string name, std::vector<std::int64_t> shape,
                  std::optional<ModalityId> owner = std::nullopt,
                  std::optional<ModalitySet> onlyFor = std::nullopt);

  const std::vector<ParameterBlock>& blocks() const { return blocks_; }
  const ParameterBlock& operator[](std::size_t index) const { return blocks_[index]; }
  std::int64_t total() const { return total_; }
  std::int64_t sharedTotal() const;

 private:
  std::vector<ParameterBlock> blocks_;
  std::int64_t total_ = 0;
};

}  // namespace modascope
