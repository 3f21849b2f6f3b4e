#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <vector>

namespace modascope::testing {

/// A NIfTI-1 file put together byte by byte, so that a test can make it odd or broken. The default
/// has the voxels of `setVoxels`, spacing 1 and an s-form with axes right, anterior, superior.
struct NiftiFile {
  std::array<std::int16_t, 8> dim{3, 1, 1, 1, 1, 1, 1, 1};
  std::int16_t datatype = 4;
  std::array<float, 8> pixdim{1, 1, 1, 1, 1, 1, 1, 1};
  float voxelOffset = 352;
  float slope = 1;
  float intercept = 0;
  char units = 2;
  std::int16_t qformCode = 0;
  std::int16_t sformCode = 1;
  std::array<float, 6> quaternion{};
  std::array<float, 12> sform{1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 1, 0};
  std::vector<unsigned char> data;

  /// Voxels with x fastest; `T` must be the type that `datatype` says.
  template <typename T>
  NiftiFile& setVoxels(std::array<std::int16_t, 3> size, const std::vector<T>& voxels) {
    dim = {3, size[0], size[1], size[2], 1, 1, 1, 1};
    const auto* raw = reinterpret_cast<const unsigned char*>(voxels.data());
    data.assign(raw, raw + voxels.size() * sizeof(T));
    return *this;
  }

  std::vector<unsigned char> bytes() const;
  /// Compressed if the name ends in .gz. Missing folders are made.
  void save(const std::filesystem::path& file) const;
};

/// A `size`³ int16 image whose voxel (x, y, z) is 1 + x + 10 y + 100 z.
NiftiFile numberedCube(std::int16_t size);

void saveBytes(const std::filesystem::path& file, const std::vector<unsigned char>& bytes);
void saveText(const std::filesystem::path& file, const std::string& text);

}  // namespace modascope::testing
