#pragma once

#include <cstdint>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// What a sample holds of one modality: `steps` vectors of `width` numbers (a vector is a sequence
/// of one), or `width` channels of an image or a volume.
struct InputShape {
  std::int64_t width = 1;
  std::int64_t steps = 1;

  std::int64_t size() const { return width * steps; }
  bool operator==(const InputShape&) const = default;
};

/// Where each modality lies in a batch x [N, C, …]: one after the other along axis 1, in the
/// schema's order. A sequence lies there step by step, [steps · width].
class InputLayout {
 public:
  InputLayout() = default;
  explicit InputLayout(std::vector<InputShape> shapes);
  /// One channel each.
  static InputLayout singleChannels(std::size_t modalities);

  const InputShape& operator[](ModalityId id) const { return shapes_[id.index()]; }
  std::int64_t offset(ModalityId id) const { return offsets_[id.index()]; }
  std::int64_t total() const { return total_; }
  const std::vector<InputShape>& shapes() const { return shapes_; }

  bool operator==(const InputLayout&) const = default;

 private:
  std::vector<InputShape> shapes_;
  std::vector<std::int64_t> offsets_;
  std::int64_t total_ = 0;
};

}  // namespace modascope
