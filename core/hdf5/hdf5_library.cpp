#include "core/hdf5/hdf5_library.h"

#include <algorithm>

#include "core/base/error.h"

namespace modascope::hdf5 {

std::string libraryReason() {
  std::string reason;
  const auto first = [](unsigned place, const H5E_error2_t* error, void* text) -> herr_t {
    if (place == 0 && error->desc != nullptr) *static_cast<std::string*>(text) = error->desc;
    return 0;
  };
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_UPWARD, first, &reason);
  return reason.empty() ? "no reason given" : reason;
}

std::string at(const std::filesystem::path& file, const std::string& path) {
  return inQuotes(file) + ": " + path;
}

Hdf5Kind kindOf(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_FLOAT:
      return Hdf5Kind::Float;
    case H5T_INTEGER:
    case H5T_ENUM:
      return Hdf5Kind::Integer;
    case H5T_STRING:
      return Hdf5Kind::Text;
    default:
      return Hdf5Kind::Other;
  }
}

std::string wordsForOther(hid_t type) {
  switch (H5Tget_class(type)) {
    case H5T_COMPOUND:
      // h5py writes complex numbers so.
      return H5Tget_nmembers(type) == 2 && H5Tget_member_index(type, "r") == 0 &&
                     H5Tget_member_index(type, "i") == 1
                 ? "complex numbers"
                 : "records of several values";
    case H5T_VLEN:
      return "lists of varying length";
    case H5T_ARRAY:
      return "arrays as single values";
    case H5T_REFERENCE:
      return "references to other places";
    case H5T_OPAQUE:
      return "opaque bytes";
    case H5T_BITFIELD:
      return "bit fields";
    case H5T_TIME:
      return "times";
    default:
      return "values of an unknown type";
  }
}

std::vector<std::size_t> shapeOf(hid_t space) {
  if (H5Sget_simple_extent_type(space) == H5S_NULL) return {0};
  const int rank = H5Sget_simple_extent_ndims(space);
  std::vector<hsize_t> sizes(static_cast<std::size_t>(std::max(rank, 0)));
  if (rank > 0) H5Sget_simple_extent_dims(space, sizes.data(), nullptr);
  return {sizes.begin(), sizes.end()};
}

}  // namespace modascope::hdf5
