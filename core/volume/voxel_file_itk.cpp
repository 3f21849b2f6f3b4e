#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <mutex>

#if __has_include(<nifti2_io.h>)  // newer versions of ITK bring the newer library
#include <nifti2_io.h>
#else
#include <nifti1_io.h>
#endif

#include "core/base/error.h"
#include "core/volume/voxel_file.h"

// The NIfTI library inside ITK is called directly: itk::NiftiImageIO refuses transforms that are
// out of square by the rounding of a header, and writes one transform for both.

namespace modascope {
namespace {

using Length = decltype(nifti_image::nx);
#if __has_include(<nifti2_io.h>)
constexpr auto toQuaternion = nifti_dmat44_to_quatern;
#else
constexpr auto toQuaternion = nifti_mat44_to_quatern;
#endif

struct Free {
  void operator()(nifti_image* image) const { nifti_image_free(image); }
  void operator()(void* bytes) const { std::free(bytes); }
};
using NiftiImage = std::unique_ptr<nifti_image, Free>;

/// Errors are told by what the library returns, not on the terminal.
void silenceOnce() {
  static std::once_flag once;
  std::call_once(once, [] { nifti_set_debug_level(0); });
}

template <typename T>
std::vector<float> scaled(const void* stored, const NiftiHeader& header) {
  const auto* values = static_cast<const T*>(stored);
  std::vector<float> result(static_cast<std::size_t>(header.grid.voxelCount()));
  if (header.slope == 1 && header.intercept == 0) {
    std::transform(values, values + result.size(), result.begin(),
                   [](T value) { return static_cast<float>(value); });
  } else {
    std::transform(values, values + result.size(), result.begin(), [&](T value) {
      return static_cast<float>(header.slope * static_cast<double>(value) + header.intercept);
    });
  }
  return result;
}

/// By NIfTI's code; a checked header has no other.
std::vector<float> asFloats(const void* stored, const NiftiHeader& header) {
  switch (header.datatype) {
    case 2:
      return scaled<std::uint8_t>(stored, header);
    case 4:
      return scaled<std::int16_t>(stored, header);
    case 8:
      return scaled<std::int32_t>(stored, header);
    case 16:
      return scaled<float>(stored, header);
    case 64:
      return scaled<double>(stored, header);
    case 256:
      return scaled<std::int8_t>(stored, header);
    case 512:
      return scaled<std::uint16_t>(stored, header);
    case 768:
      return scaled<std::uint32_t>(stored, header);
    case 1024:
      return scaled<std::int64_t>(stored, header);
    default:
      return scaled<std::uint64_t>(stored, header);
  }
}

/// As it is stored, in this machine's byte order.
std::unique_ptr<void, Free> storedBytes(const std::filesystem::path& file,
                                        const NiftiHeader& header, int component) {
  silenceOnce();
  const NiftiImage image(nifti_image_read(file.c_str(), 0));
  if (!image) throw Error(file.string() + " cannot be read: the NIfTI library refuses its header.");
  Length start[7] = {0, 0, 0, component, 0, 0, 0};
  Length size[7] = {image->nx, image->ny, image->nz, 1, 1, 1, 1};
  void* raw = nullptr;
  const auto got = nifti_read_subregion_image(image.get(), start, size, &raw);
  std::unique_ptr<void, Free> owned(raw);
  const std::uint64_t expected =
      (header.imageEnd - header.imageBegin) / static_cast<std::uint64_t>(header.components);
  if (got < 0 || static_cast<std::uint64_t>(got) != expected)
    throw Error(file.string() + " cannot be read: its voxels are not where its header says.");
  return owned;
}

/// Both forms of a grid that no file stated: scanner coordinates, mm.
void setForms(nifti_image& image, const VoxelGrid& grid) {
  for (std::size_t row = 0; row < 3; ++row) {
    const double toRas = row < 2 ? -1 : 1;
    for (std::size_t axis = 0; axis < 3; ++axis)
      image.sto_xyz.m[row][axis] =
          static_cast<float>(toRas * grid.direction[axis][row] * grid.spacing[axis]);
    image.sto_xyz.m[row][3] = static_cast<float>(toRas * grid.origin[row]);
  }
  for (std::size_t axis = 0; axis < 3; ++axis)
    image.pixdim[axis + 1] = static_cast<float>(grid.spacing[axis]);
  toQuaternion(image.sto_xyz, &image.quatern_b, &image.quatern_c, &image.quatern_d,
               &image.qoffset_x, &image.qoffset_y, &image.qoffset_z, nullptr, nullptr, nullptr,
               &image.qfac);
  image.qform_code = image.sform_code = NIFTI_XFORM_SCANNER_ANAT;
  image.xyz_units = NIFTI_UNITS_MM;
}

void setForms(nifti_image& image, const NiftiSpace& space) {
  for (std::size_t i = 0; i < 12; ++i) image.sto_xyz.m[i / 4][i % 4] = space.sform[i];
  std::copy_n(space.pixdim.begin() + 1, 3, image.pixdim + 1);
  image.qfac = space.pixdim[0] < 0 ? -1.0f : 1.0f;
  image.quatern_b = space.quaternion[0];
  image.quatern_c = space.quaternion[1];
  image.quatern_d = space.quaternion[2];
  image.qoffset_x = space.quaternion[3];
  image.qoffset_y = space.quaternion[4];
  image.qoffset_z = space.quaternion[5];
  image.qform_code = space.qformCode;
  image.sform_code = space.sformCode;
  image.xyz_units = space.units;
  image.time_units = space.timeUnits;
}

nifti_1_header headerOf(const nifti_image& image) {
#if __has_include(<nifti2_io.h>)
  nifti_1_header header{};
  if (nifti_convert_nim2n1hdr(&image, &header) != 0)
    throw Error("The NIfTI library made no header of an image.", Fault::System);
  return header;
#else
  return nifti_convert_nim2nhdr(&image);
#endif
}

}  // namespace

void requireImaging() {}

std::vector<float> readVoxels(const std::filesystem::path& file, const NiftiHeader& header,
                              int component) {
  return asFloats(storedBytes(file, header, component).get(), header);
}

std::vector<unsigned char> niftiBeginning(const VoxelGrid& grid, VoxelType type,
                                          const std::optional<NiftiSpace>& like) {
  constexpr std::size_t kBeginning = 352;  // the header, and four zeros: nothing extends it
  silenceOnce();
  Length dims[8] = {3, 1, 1, 1, 1, 1, 1, 1};
  std::copy_n(grid.size.begin(), 3, dims + 1);
  const NiftiImage image(nifti_make_new_nim(dims, static_cast<int>(type), 0));
  if (!image) throw Error("There is not enough memory to write an image.", Fault::System);
  if (like)
    setForms(*image, *like);
  else
    setForms(*image, grid);
  image->dx = image->pixdim[1];
  image->dy = image->pixdim[2];
  image->dz = image->pixdim[3];
  image->scl_slope = 1;
  image->nifti_type = NIFTI_FTYPE_NIFTI1_1;
  image->iname_offset = kBeginning;
  const nifti_1_header header = headerOf(*image);
  std::vector<unsigned char> bytes(kBeginning);
  std::memcpy(bytes.data(), &header, sizeof header);
  return bytes;
}

}  // namespace modascope
