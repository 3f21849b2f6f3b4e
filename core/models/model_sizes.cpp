#include "core/models/model_sizes.h"

#include <string>

#include "core/base/error.h"

namespace modascope {

void requireSound(const ModelSizes& sizes) {
  if (sizes.layers < 1 || sizes.heads < 1)
    throw Error("model.layers is " + std::to_string(sizes.layers) + " and model.heads is " +
                std::to_string(sizes.heads) + "; both must be at least 1.");
  if (sizes.embedding < 2 || sizes.embedding % 2 != 0 || sizes.embedding % sizes.heads != 0)
    throw Error("model.embedding is " + std::to_string(sizes.embedding) +
                "; it must be an even number and a multiple of model.heads, which is " +
                std::to_string(sizes.heads) + '.');
}

}  // namespace modascope
