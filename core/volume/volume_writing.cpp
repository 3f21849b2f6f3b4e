#include <algorithm>
#include <atomic>
#include <cerrno>
#include <cstring>
#include <optional>

#include <fcntl.h>
#include <unistd.h>

#include "core/base/error.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/volume/nifti_header.h"
#include "core/volume/volume_io.h"
#include "core/volume/voxel_file.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throwNotWritten(const fs::path& file, const std::string& reason) {
  throw Error(file.string() + " cannot be written: " + reason + ".", Fault::System);
}

/// ".nii" or ".nii.gz", as the file's name ends.
std::string niftiSuffix(const fs::path& file) {
  const std::string name = file.filename().string();
  for (const std::string suffix : {".nii.gz", ".nii"}) {
    if (name.size() > suffix.size() && name.ends_with(suffix)) return suffix;
  }
  throw Error(file.string() + " is no name for an image; expected it to end in .nii or .nii.gz.");
}

/// A hidden file beside `file`, removed unless it was renamed.
class TemporaryFile {
 public:
  explicit TemporaryFile(const fs::path& file) {
    static std::atomic<unsigned> count{0};
    std::string name;
    name += '.';
    name += file.filename().string();
    name += '.';
    name += std::to_string(getpid()) + '-' + std::to_string(++count) + niftiSuffix(file);
    path_ = file.parent_path() / name;
    unfinished_.emplace(path_);
  }
  ~TemporaryFile() {
    std::error_code ignored;
    fs::remove(path_, ignored);
  }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  const fs::path& path() const { return path_; }

 private:
  fs::path path_;
  std::optional<Unfinished> unfinished_;
};

void flushToDisk(const fs::path& what, const fs::path& file) {
  const int descriptor = ::open(what.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) throwNotWritten(file, std::strerror(errno));
  const int result = ::fsync(descriptor);
  const int problem = errno;
  ::close(descriptor);
  if (result != 0 && problem != EINVAL) throwNotWritten(file, std::strerror(problem));
}

/// The library does not say when a disk is full, so what arrived is read back.
void requireComplete(const fs::path& temporary, const fs::path& file) {
  try {
    checkNiftiBody(temporary, readNiftiHeader(temporary));
  } catch (const Error&) {
    throwNotWritten(file, "not all of it arrived; is the disk full?");
  }
}

void makeFolder(const fs::path& file) {
  if (!file.has_parent_path()) return;
  std::error_code problem;
  fs::create_directories(file.parent_path(), problem);
  if (problem) throwNotWritten(file, problem.message());
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
void writeAtomically(const fs::path& file, const GridVolume<T>& volume,
                     const std::optional<NiftiSpace>& like) {
  requireImaging();
  const TemporaryFile temporary(absolutePath(file));
  requireWritable(file, volume);
  if (like) requireSamePlace(file, volume, *like);
  makeFolder(temporary.path());
  writeVoxels(temporary.path(), volume, like);
  requireComplete(temporary.path(), file);
  flushToDisk(temporary.path(), file);
  std::error_code problem;
  fs::rename(temporary.path(), file, problem);
  if (problem) throwNotWritten(file, problem.message());
  flushToDisk(temporary.path().parent_path(), file);
}

}  // namespace

void writeVolume(const fs::path& file, const Volume& volume,
                 const std::optional<NiftiSpace>& like) {
  writeAtomically(file, volume, like);
}

void writeLabels(const fs::path& file, const LabelVolume& labels, LabelProfile profile,
                 const std::optional<NiftiSpace>& like) {
  LabelVolume numbered = labels;
  for (std::uint8_t& tissue : numbered.voxels) tissue = valueIn(profile, tissue);
  writeAtomically(file, numbered, like);
}

}  // namespace modascope
