#include "core/base/error.h"
#include "core/volume/voxel_file.h"

namespace modascope {

void requireImaging() {
  throw Error(
      "This build has no medical images (it was made with MODASCOPE_IMAGING=OFF); build it with "
      "ITK to read and write NIfTI files.");
}

std::vector<float> readVoxels(const std::filesystem::path&, const NiftiHeader&, int) {
  requireImaging();
  return {};
}

void writeVoxels(const std::filesystem::path&, const Volume&, const std::optional<NiftiSpace>&) {
  requireImaging();
}

void writeVoxels(const std::filesystem::path&, const LabelVolume&,
                 const std::optional<NiftiSpace>&) {
  requireImaging();
}

}  // namespace modascope
