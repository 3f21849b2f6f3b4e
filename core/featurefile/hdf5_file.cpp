#include "core/featurefile/hdf5_file.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <limits>
#include <utility>

#include <hdf5.h>

#include "core/base/error.h"
#include "core/featurefile/hdf5_data_set.h"
#include "core/featurefile/hdf5_library.h"

namespace modascope {
namespace fs = std::filesystem;
using namespace hdf5;
namespace {

hid_t openFile(const fs::path& file) {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
#if H5_VERSION_GE(1, 10, 7)
  H5Pset_file_locking(access, false, true);  // read-only folders and network shares know no locks
#endif
  const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDONLY, access);
  if (opened >= 0) return opened;
  throw Error(inQuotes(file) + " begins as an HDF5 file, but it is cut short or damaged (" +
              libraryReason() + ").");  // closing `access` forgets the reason
}

void requireReadable(const fs::path& file) {
  std::error_code ignored;
  if (!fs::exists(file, ignored)) throw Error(inQuotes(file) + " does not exist.");
  if (fs::is_directory(file, ignored)) {
    throw Error(inQuotes(file) + " is a folder; an HDF5 file is expected.");
  }
  if (!std::ifstream(file)) throw Error(inQuotes(file) + " cannot be opened: may you read it?");
  if (!isHdf5(file)) {
    throw Error(inQuotes(file) + " is not an HDF5 file: it does not begin as one.");
  }
}

}  // namespace

std::size_t Hdf5DataSet::count() const {
  std::size_t product = 1;
  for (const std::size_t size : shape) {
    if (size != 0 && product > std::numeric_limits<std::size_t>::max() / size) {
      return std::numeric_limits<std::size_t>::max();
    }
    product *= size;
  }
  return product;
}

Hdf5File::Hdf5File(fs::path file) : file_(std::move(file)), handle_(-1) {
  requireReadable(file_);
  const LibraryLock lock;
  handle_ = openFile(file_);
}

Hdf5File::~Hdf5File() {
  const LibraryLock lock;
  H5Fclose(handle_);
}

std::vector<std::string> Hdf5File::members(const std::string& group) const {
  const LibraryLock lock;
  const Handle opened(H5Gopen2(handle_, group.c_str(), H5P_DEFAULT), H5Gclose);
  if (!opened.valid()) throw Error(inQuotes(file_) + " has no group " + group + ".");
  H5G_info_t info{};
  if (H5Gget_info(opened, &info) < 0) {
    throw Error(at(file_, group) + " cannot be read (" + libraryReason() + ").");
  }
  std::vector<std::string> names;
  for (hsize_t i = 0; i < info.nlinks; ++i) {
    const auto nameOf = [&](char* into, std::size_t size) {
      return H5Lget_name_by_idx(opened, ".", H5_INDEX_NAME, H5_ITER_INC, i, into, size,
                                H5P_DEFAULT);
    };
    const auto length = nameOf(nullptr, 0);
    if (length < 0) {
      throw Error(at(file_, group) + " cannot be read (" + libraryReason() + ").");
    }
    std::string name(static_cast<std::size_t>(length) + 1, '\0');
    nameOf(name.data(), name.size());
    name.pop_back();
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool Hdf5File::hasGroup(const std::string& path) const {
  const LibraryLock lock;
  return Handle(H5Gopen2(handle_, path.c_str(), H5P_DEFAULT), H5Gclose).valid();
}

bool Hdf5File::hasDataSet(const std::string& path) const {
  const LibraryLock lock;
  return Handle(H5Dopen2(handle_, path.c_str(), H5P_DEFAULT), H5Dclose).valid();
}

Hdf5DataSet Hdf5File::describe(const std::string& path) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).about();
}

std::vector<float> Hdf5File::floats(const std::string& path) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).floats(std::nullopt);
}

std::vector<float> Hdf5File::floats(const std::string& path,
                                    std::span<const std::size_t> rows) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).floats(rows);
}

std::vector<std::int64_t> Hdf5File::integers(const std::string& path) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).integers(std::nullopt);
}

std::vector<std::int64_t> Hdf5File::integers(const std::string& path,
                                             std::span<const std::size_t> rows) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).integers(rows);
}

std::vector<std::string> Hdf5File::strings(const std::string& path) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).strings(std::nullopt);
}

std::vector<std::string> Hdf5File::strings(const std::string& path,
                                           std::span<const std::size_t> rows) const {
  const LibraryLock lock;
  return OpenDataSet(file_, handle_, path).strings(rows);
}

std::optional<std::vector<std::string>> Hdf5File::attribute(const std::string& name) const {
  const LibraryLock lock;
  if (H5Aexists_by_name(handle_, "/", name.c_str(), H5P_DEFAULT) <= 0) return std::nullopt;
  const Handle opened(H5Aopen_by_name(handle_, "/", name.c_str(), H5P_DEFAULT, H5P_DEFAULT),
                      H5Aclose);
  const Handle type(H5Aget_type(opened), H5Tclose);
  const Handle space(H5Aget_space(opened), H5Sclose);
  const std::string where = at(file_, "the attribute " + inQuotes(name));
  if (kindOf(type) != Hdf5Kind::Text) {
    throw Error(where + " holds " + wordsFor(kindOf(type)) + "; text is expected.");
  }
  const std::size_t count = Hdf5DataSet{Hdf5Kind::Text, shapeOf(space)}.count();
  return stringsOf(type, space, count, [&](hid_t memoryType, void* into) {
    if (H5Aread(opened, memoryType, into) >= 0) return;
    throw Error(where + " cannot be read (" + libraryReason() + ").");
  });
}

bool isHdf5(const fs::path& file) {
  constexpr std::array<char, 8> kSignature{'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::error_code failed;
  const std::uintmax_t size = fs::file_size(file, failed);
  if (failed) return false;
  std::ifstream input(file, std::ios::binary);
  for (std::uintmax_t place = 0; place + kSignature.size() <= size;
       place = place == 0 ? 512 : place * 2) {
    std::array<char, 8> found{};
    input.seekg(static_cast<std::streamoff>(place));
    if (!input.read(found.data(), found.size())) return false;
    if (found == kSignature) return true;
  }
  return false;
}

bool isHdf5Name(const fs::path& file) {
  std::string suffix = file.extension().string();
  std::transform(suffix.begin(), suffix.end(), suffix.begin(),
                 [](unsigned char c) { return static_cast<char>(c | 0x20); });
  return suffix == ".h5" || suffix == ".hdf5" || suffix == ".csd";
}

}  // namespace modascope
