#include "core/dicom/frame_bits.h"

namespace modascope {

void FrameBits::add(const std::vector<std::uint8_t>& pixels) {
  bytes_.resize((added_ + pixels.size() + 7) / 8);
  for (const std::uint8_t pixel : pixels) {
    if (pixel != 0) bytes_[added_ / 8] |= static_cast<std::uint8_t>(1u << added_ % 8);
    ++added_;
  }
}

}  // namespace modascope
