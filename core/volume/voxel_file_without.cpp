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

std::vector<unsigned char> niftiBeginning(const VoxelGrid&, VoxelType,
                                          const std::optional<NiftiSpace>&) {
  requireImaging();
  return {};
}

}  // namespace modascope
