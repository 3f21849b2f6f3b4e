#include "core/models/parameter_layout.h"

#include <functional>
#include <numeric>

namespace modascope {

std::size_t ParameterLayout::add(std::string name, std::vector<std::int64_t> shape,
                                 std::optional<ModalityId> owner,
                                 std::optional<ModalitySet> onlyFor) {
  const std::int64_t size =
      std::accumulate(shape.begin(), shape.end(), std::int64_t{1}, std::multiplies<>());
  blocks_.push_back({std::move(name), std::move(shape), total_, size, owner, onlyFor});
  total_ += size;
  return blocks_.size() - 1;
}

std::int64_t ParameterLayout::sharedTotal() const {
  std::int64_t sum = 0;
  for (const ParameterBlock& block : blocks_)
    if (!block.owner && !block.onlyFor) sum += block.size;
  return sum;
}

}  // namespace modascope
