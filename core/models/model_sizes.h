#pragma once

#include <cstdint>

namespace modascope {

/// How large a network with attention is.
struct ModelSizes {
  std::int64_t embedding = 128;
  int layers = 2;
  int heads = 4;

  bool operator==(const ModelSizes&) const = default;
};

/// Throws `Error` unless all are positive, and the embedding even and a multiple of the heads.
void requireSound(const ModelSizes& sizes);

}  // namespace modascope
