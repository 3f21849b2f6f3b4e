#include "core/adapters/dedicated.h"

namespace modascope {

Dedicated::Dedicated(const ParameterLayout& network, torch::Tensor initial)
    : initial_(std::move(initial)) {
  for (const ParameterBlock& block : network.blocks()) layout_.add(block.name, block.shape);
}

std::vector<Adapter::Change> Dedicated::changes(const torch::Tensor& /*frozen*/,
                                                const torch::Tensor& delta) const {
  std::vector<Change> all;
  for (std::size_t i = 0; i < layout_.blocks().size(); ++i)
    all.push_back({layout_[i], part(delta, i)});
  return all;
}

}  // namespace modascope
