#include "core/hdf5/hdf5_opening.h"

#include <fstream>
#include <regex>

#include "core/base/error.h"
#include "core/system/file_handle.h"

namespace modascope::hdf5 {
namespace fs = std::filesystem;
namespace {

/// HDF5 holds this lock while it writes; file systems without locks say something else.
void requireNobodyWrites(const fs::path& file) {
  std::error_code why;
  FileHandle opened(file, FileHandle::Use::Read, why);
  if (why) return;
  opened.lock(FileHandle::Lock::Shared, why);
  if (!isHeldByOther(why)) return;
  throw Error(inQuotes(file) +
              " is open for writing in another program just now; close it there first.");
}

/// Of a file that is one part of several; empty otherwise. The name of its driver stands near the
/// begin.
std::string partOfSeveral(const fs::path& file) {
  std::string begin(4096, '\0');
  std::ifstream input(file, std::ios::binary);
  input.read(begin.data(), static_cast<std::streamsize>(begin.size()));
  if (begin.find("NCSAfami") != std::string::npos) return "a family of files";
  if (begin.find("NCSAmult") != std::string::npos) return "a set of split files";
  return {};
}

[[noreturn]] void throwUnopened(const fs::path& file) {
  const std::string reason = libraryReason(), name = inQuotes(file);
  if (const std::string parts = partOfSeveral(file); !parts.empty())
    throw Error(name + " is one part of " + parts +
                "; one file that holds all is expected: h5repack makes it of them.");
  if (reason.find("already open for") != std::string::npos)
    throw Error(name +
                " was not closed by the program that writes it, which still runs or has crashed. "
                "When it no longer runs, \"h5clear -s\" makes the file readable as far as it was "
                "written.");
  std::smatch sizes;
  if (std::regex_search(reason, sizes, std::regex("eof = (\\d+).*stored_eof = (\\d+)")))
    throw Error(name + " is cut short: it has " + sizes[1].str() + " of " + sizes[2].str() +
                " bytes. Its copy or download is not whole, or the program that wrote it did not "
                "close it.");
  throw Error(
      name +
      " begins as an HDF5 file, but it is cut short or damaged, or the program that wrote it "
      "did not close it (" +
      reason + ").");
}

std::uint64_t bytesOf(const fs::path& file) {
  std::error_code failed;
  const std::uint64_t bytes = fs::file_size(file, failed);
  return failed ? 0 : bytes;
}

}  // namespace

OpenFile openFile(const fs::path& file) {
  requireNobodyWrites(file);
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose);
#if H5_VERSION_GE(1, 10, 7)
  H5Pset_file_locking(access, false, true);  // read-only folders and network shares know no locks
#endif
  const hid_t opened = H5Fopen(file.c_str(), H5F_ACC_RDONLY, access);
  if (opened < 0) throwUnopened(file);  // closing `access` forgets the reason
  return {file, opened, bytesOf(file)};
}

}  // namespace modascope::hdf5
