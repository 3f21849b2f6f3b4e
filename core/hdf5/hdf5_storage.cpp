#include "core/hdf5/hdf5_storage.h"

#include <algorithm>
#include <array>

#include "core/base/error.h"
#include "core/system/process_limits.h"

namespace modascope::hdf5 {
namespace {

std::string virtualFault(hid_t plan) {
  std::string name(256, '\0');
  const ssize_t length = H5Pget_virtual_filename(plan, 0, name.data(), name.size());
  name.resize(std::min(name.size() - 1, static_cast<std::size_t>(std::max<ssize_t>(length, 0))));
  const std::string source =
      name == "." || name.empty() ? " in other places" : " in another file, " + inQuotes(name);
  return " is a virtual data set whose values lie" + source +
         "; only what a data set holds itself is read. Store the values in it (h5repack and "
         "\"h5py\" copy them).";
}

std::string externalFault(hid_t plan) {
  std::string name(256, '\0');
  off_t offset = 0;
  hsize_t size = 0;
  H5Pget_external(plan, 0, name.size() - 1, name.data(), &offset, &size);
  return " keeps its values in another file, " + inQuotes(name.c_str()) +
         "; only what lies in the file itself is read. Store the values in it.";
}

/// The first filter that the library here does not have, by its name.
std::string unknownFilter(hid_t plan) {
  const int count = H5Pget_nfilters(plan);
  for (int i = 0; i < count; ++i) {
    std::array<char, 64> name{};
    unsigned flags = 0, settings = 0;
    std::size_t noSettings = 0;
    const H5Z_filter_t filter = H5Pget_filter2(plan, static_cast<unsigned>(i), &flags, &noSettings,
                                               nullptr, name.size() - 1, name.data(), &settings);
    if (withOtherFiles([&] { return H5Zfilter_avail(filter) > 0; })) continue;
    return name[0] != '\0' ? name.data() : "the filter numbered " + std::to_string(filter);
  }
  return {};
}

/// Chunks that the shape asks for; nothing where they cannot be counted.
std::uint64_t chunksFor(hid_t plan, const Hdf5DataSet& about) {
  std::vector<hsize_t> chunk(about.rank());
  if (H5Pget_chunk(plan, static_cast<int>(chunk.size()), chunk.data()) < 0) return 0;
  double count = 1;
  for (std::size_t axis = 0; axis < chunk.size(); ++axis)
    if (chunk[axis] > 0) count *= static_cast<double>((about.shape[axis] - 1) / chunk[axis] + 1);
  return count < 1e18 ? static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(1e18);
}

std::string numbered(std::uint64_t there, std::uint64_t all) {
  return " was written in part only: " + std::to_string(there) + " of its " + std::to_string(all) +
         " chunks are there, the other values would be made up. Write the file again.";
}

/// What was never written is read as a filler, mostly zeros.
std::string unwrittenFault(hid_t set, hid_t plan, const Hdf5DataSet& about) {
  const std::string never = " was made and never written: all of its " +
                            std::to_string(about.count()) +
                            " values would be made up. Write the file again.";
  if (H5Pget_layout(plan) != H5D_CHUNKED)
    return H5Pget_layout(plan) == H5D_CONTIGUOUS && H5Dget_storage_size(set) == 0 ? never : "";
  const std::uint64_t all = chunksFor(plan, about);
#if H5_VERSION_GE(1, 10, 5)
  hsize_t there = 0;
  const Handle space(H5Dget_space(set), H5Sclose);
  if (H5Dget_num_chunks(set, space, &there) < 0)
    return " cannot be read (" + libraryReason() + "); the file may be damaged.";
#else
  const hsize_t there = H5Dget_storage_size(set) == 0 ? 0 : all;
#endif
  if (there == 0) return never;
  return there < all ? numbered(there, all) : "";
}

}  // namespace

std::string storageFault(const OpenFile& file, hid_t set, const Hdf5DataSet& about) {
  const Handle plan(H5Dget_create_plist(set), H5Pclose);
  if (!plan.valid()) return " cannot be read (" + libraryReason() + "); the file may be damaged.";
  if (H5Pget_layout(plan) == H5D_VIRTUAL) return virtualFault(plan);
  if (H5Pget_external_count(plan) > 0) return externalFault(plan);
  if (const std::string filter = unknownFilter(plan); !filter.empty())
    return " is compressed with " + filter + ", which the HDF5 library here does not know; write " +
           "it again with gzip or without compression" +
           (filter == "lzf" ? " (h5py, which wrote it, knows lzf)." : " (h5repack -f NONE).");
  if (about.count() == 0) return {};
  if (std::string fault = unwrittenFault(set, plan, about); !fault.empty()) return fault;
  if (H5Dget_storage_size(set) <= file.bytes) return {};
  return " claims more bytes than the file has; it is cut short or damaged.";
}

std::size_t rowsInChunk(hid_t set) {
  const Handle plan(H5Dget_create_plist(set), H5Pclose);
  std::array<hsize_t, H5S_MAX_RANK> chunk{1};
  if (H5Pget_layout(plan) == H5D_CHUNKED) H5Pget_chunk(plan, H5S_MAX_RANK, chunk.data());
  return std::max<std::size_t>(1, chunk[0]);
}

}  // namespace modascope::hdf5
