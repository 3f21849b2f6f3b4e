#pragma once

// Within the reading program only: it names the HDF5 library's own types.

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include <hdf5.h>

#include "core/hdf5/hdf5_kind.h"

namespace modascope::hdf5 {

/// An identifier of the library, closed with the function that goes with it.
class Handle {
 public:
  Handle(hid_t id, herr_t (*close)(hid_t)) : id_(id), close_(close) {}
  ~Handle() {
    if (id_ >= 0) close_(id_);
  }
  Handle(const Handle&) = delete;
  Handle& operator=(const Handle&) = delete;

  operator hid_t() const { return id_; }
  bool valid() const { return id_ >= 0; }

 private:
  hid_t id_;
  herr_t (*close_)(hid_t);
};

/// The file, open.
struct OpenFile {
  std::filesystem::path path;
  hid_t handle = -1;
  std::uint64_t bytes = 0;
};

/// What the library said of its last failure: the innermost cause.
std::string libraryReason();

/// How a sentence begins that is about one data set.
std::string at(const std::filesystem::path& file, const std::string& path);

Hdf5Kind kindOf(hid_t type);
/// "complex numbers", of a type that is neither numbers nor text.
std::string wordsForOther(hid_t type);
std::vector<std::size_t> shapeOf(hid_t space);

}  // namespace modascope::hdf5
