#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace modascope {

/// Pixels of 0 and 1, eight a byte, the first in the lowest bit; a frame begins where the one
/// before ends, within a byte or not. DCMTK 3.6.7 loses pixels of frames that fill no whole bytes.
/// Source: DICOM PS3.5, section 8.1.1 and annex D.
class FrameBits {
 public:
  FrameBits() = default;
  FrameBits(const std::uint8_t* bytes, std::size_t length) : bytes_(bytes, bytes + length) {}

  void add(const std::vector<std::uint8_t>& pixels);
  bool at(std::size_t pixel) const { return (bytes_[pixel / 8] >> (pixel % 8) & 1u) != 0; }
  const std::vector<std::uint8_t>& bytes() const { return bytes_; }

 private:
  std::vector<std::uint8_t> bytes_;
  std::size_t added_ = 0;  ///< pixels
};

}  // namespace modascope
