#pragma once

// Within this folder only: it names the HDF5 library's own types.

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/featurefile/hdf5_library.h"

namespace modascope::hdf5 {

/// Rows along the first axis; nothing stands for all of them.
using Rows = std::optional<std::span<const std::size_t>>;

/// One data set, open. The library's lock is held as long as it lives.
class OpenDataSet {
 public:
  OpenDataSet(const std::filesystem::path& file, hid_t handle, const std::string& path);

  const Hdf5DataSet& about() const { return about_; }
  std::vector<float> floats(const Rows& rows) const;
  std::vector<std::int64_t> integers(const Rows& rows) const;
  std::vector<std::string> strings(const Rows& rows) const;

 private:
  void require(bool fits, const std::string& expected) const;
  std::size_t requireRoom(std::size_t count, std::size_t bytesEach) const;
  void requireRows(const Rows& rows) const;
  std::size_t valuesInRow() const;
  std::vector<std::string> allStrings() const;
  void read(hid_t memoryType, hid_t memorySpace, hid_t fileSpace, void* into) const;
  template <typename Read>
  void eachStretch(std::span<const std::size_t> rows, Read read) const;
  template <typename Number>
  std::vector<Number> numbers(hid_t memoryType, const Rows& rows) const;

  std::string where_;
  Handle set_, type_, space_;
  Hdf5DataSet about_;
};

/// The texts of a data set or an attribute of `count` values, of fixed or of variable length.
/// `read(type, into)` is the call that fills the memory `into` with values of that type.
std::vector<std::string> stringsOf(hid_t fileType, hid_t space, std::size_t count,
                                   const std::function<void(hid_t, void*)>& read);

}  // namespace modascope::hdf5
