#include "core/problem/input_layout.h"

#include <utility>

namespace modascope {

InputLayout::InputLayout(std::vector<InputShape> shapes) : shapes_(std::move(shapes)) {
  for (const InputShape& shape : shapes_) {
    offsets_.push_back(total_);
    total_ += shape.size();
  }
}

InputLayout InputLayout::singleChannels(std::size_t modalities) {
  return InputLayout(std::vector<InputShape>(modalities));
}

}  // namespace modascope
