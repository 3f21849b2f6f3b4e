#include <algorithm>
#include <type_traits>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/volume/gzip/gzip_writing.h"
#include "core/volume/volume_io.h"
#include "core/volume/voxel_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

enum class Compression { None, Gzip };

/// As the file's name ends.
Compression compressionOf(const fs::path& file) {
  const std::string name = file.filename().string();
  const auto endsIn = [&](std::string_view suffix) {
    return name.size() > suffix.size() && name.ends_with(suffix);
  };
  if (endsIn(".nii.gz")) return Compression::Gzip;
  if (endsIn(".nii")) return Compression::None;
  throw Error(file.string() + " is no name for an image; expected it to end in .nii or .nii.gz.");
}

template <typename T>
void requireWritable(const fs::path& file, const GridVolume<T>& volume) {
  constexpr std::int64_t kLongest = 32767;  // NIfTI-1 keeps lengths in 16 bits
  if (*std::max_element(volume.grid.size.begin(), volume.grid.size.end()) > kLongest) {
    throw Error(file.string() + " cannot hold an image of more than 32767 voxels along an axis.");
  }
  if (volume.grid.voxelCount() < 1 ||
      static_cast<std::size_t>(volume.grid.voxelCount()) != volume.voxels.size()) {
    throw Error("An image whose voxels do not fill its grid cannot be written to " + file.string() +
                ".");
  }
}

/// A space that places the voxels elsewhere would be our own mistake, and a silent one.
template <typename T>
void requireSamePlace(const fs::path& file, const GridVolume<T>& volume, const NiftiSpace& like) {
  std::vector<std::string> ignored;
  if (!gridOf(like, file, ignored).matches(volume.grid))
    throw Error("Voxels of another grid than their image's cannot be written to " + file.string() +
                ".");
}

template <typename T>
Bytes bytesOf(const std::vector<T>& values) {
  return {reinterpret_cast<const unsigned char*>(values.data()), values.size() * sizeof(T)};
}

void write(std::ostream& to, Compression compression, const std::vector<Bytes>& parts) {
  if (compression == Compression::Gzip) return writeGzip(to, parts);
  for (const Bytes& part : parts)
    to.write(reinterpret_cast<const char*>(part.data()), static_cast<std::streamsize>(part.size()));
}

template <typename T>
void writeNifti(const fs::path& file, const GridVolume<T>& volume,
                const std::optional<NiftiSpace>& like) {
  requireImaging();
  const Compression compression = compressionOf(file);
  requireWritable(file, volume);
  if (like) requireSamePlace(file, volume, *like);
  const auto type = std::is_same_v<T, float> ? VoxelType::Float : VoxelType::Byte;
  const std::vector<unsigned char> header = niftiBeginning(volume.grid, type, like);
  writeAtomically(file, [&](std::ostream& to) {
    write(to, compression, {header, bytesOf(volume.voxels)});
  });
}

}  // namespace

void writeVolume(const fs::path& file, const Volume& volume,
                 const std::optional<NiftiSpace>& like) {
  writeNifti(file, volume, like);
}

void writeLabels(const fs::path& file, const LabelVolume& labels, LabelProfile profile,
                 const std::optional<NiftiSpace>& like) {
  LabelVolume numbered = labels;
  for (std::uint8_t& tissue : numbered.voxels) tissue = valueIn(profile, tissue);
  writeNifti(file, numbered, like);
}

}  // namespace modascope
