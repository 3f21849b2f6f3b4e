#include "tests/core/volume/nifti_file.h"

#include <cstring>
#include <fstream>
#include <string>

#include <zlib.h>

namespace modascope::testing {
namespace {

template <typename T>
void put(std::vector<unsigned char>& bytes, std::size_t offset, const T& value) {
  std::memcpy(bytes.data() + offset, &value, sizeof value);
}

}  // namespace

std::vector<unsigned char> NiftiFile::bytes() const {
  std::vector<unsigned char> all(352 + data.size(), 0);
  put(all, 0, std::int32_t{348});
  put(all, 40, dim);
  put(all, 70, datatype);
  put(all, 72, static_cast<std::int16_t>(datatype == 2 ? 8 : datatype == 16 ? 32 : 16));
  put(all, 76, pixdim);
  put(all, 108, voxelOffset);
  put(all, 112, slope);
  put(all, 116, intercept);
  put(all, 123, units);
  put(all, 252, qformCode);
  put(all, 254, sformCode);
  put(all, 256, quaternion);
  put(all, 280, sform);
  put(all, 344, std::array<char, 4>{'n', '+', '1', '\0'});
  if (!data.empty()) std::memcpy(all.data() + 352, data.data(), data.size());
  return all;
}

void NiftiFile::save(const std::filesystem::path& file) const {
  if (file.extension() != ".gz") {
    saveBytes(file, bytes());
    return;
  }
  std::filesystem::create_directories(file.parent_path());
  const auto content = bytes();
  gzFile out = gzopen(file.c_str(), "wb");
  gzwrite(out, content.data(), static_cast<unsigned>(content.size()));
  gzclose(out);
}

NiftiFile numberedCube(std::int16_t size) {
  std::vector<std::int16_t> voxels;
  for (int z = 0; z < size; ++z) {
    for (int y = 0; y < size; ++y) {
      for (int x = 0; x < size; ++x) {
        voxels.push_back(static_cast<std::int16_t>(1 + x + 10 * y + 100 * z));
      }
    }
  }
  NiftiFile file;
  file.setVoxels({size, size, size}, voxels);
  return file;
}

void saveBytes(const std::filesystem::path& file, const std::vector<unsigned char>& bytes) {
  std::filesystem::create_directories(file.parent_path());
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(bytes.data()),
             static_cast<std::streamsize>(bytes.size()));
}

void saveText(const std::filesystem::path& file, const std::string& text) {
  saveBytes(file, {text.begin(), text.end()});
}

}  // namespace modascope::testing
