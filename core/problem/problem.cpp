#include "core/problem/problem.h"

#include <utility>

namespace modascope {

Problem volumeProblem(const ModalitySchema& schema, std::vector<std::string> regions) {
  return {Task::Segmentation3d, schema, InputLayout::singleChannels(schema.size()),
          std::move(regions)};
}

}  // namespace modascope
