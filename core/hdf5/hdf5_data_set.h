#pragma once

// Within the reading program only: it names the HDF5 library's own types.

#include <functional>
#include <span>
#include <string>
#include <vector>

#include "core/hdf5/hdf5_library.h"

namespace modascope::hdf5 {

/// Takes the next values in their order, block by block.
template <typename Value>
using Sink = std::function<void(std::span<const Value>)>;

/// One data set, open. Throws `Error` where its values are of another kind or cannot be read.
class OpenDataSet {
 public:
  OpenDataSet(const OpenFile& file, const std::string& path);

  const Hdf5DataSet& about() const { return about_; }
  void requireNumbers() const;
  void requireIntegers() const;
  void requireTexts() const;

  void floats(const Sink<float>& sink) const;
  void integers(const Sink<std::int64_t>& sink) const;
  void texts(const Sink<std::string>& sink) const;

 private:
  void require(bool fits, const std::string& expected) const;
  std::size_t valuesInRow() const;
  void eachBlock(std::size_t bytesEach,
                 const std::function<void(hid_t, hid_t, std::size_t)>& read) const;
  void read(hid_t memoryType, hid_t memorySpace, hid_t fileSpace, void* into) const;
  template <typename Number>
  void numbers(hid_t memoryType, const Sink<Number>& sink) const;

  const OpenFile& file_;
  std::string where_;
  Handle set_, type_, space_;
  Hdf5DataSet about_;
};

/// The texts of a data set or an attribute of `count` values, of fixed or of variable length.
/// `read(type, into)` is the call that fills the memory `into` with values of that type.
std::vector<std::string> stringsOf(hid_t fileType, hid_t space, std::size_t count,
                                   const std::function<void(hid_t, void*)>& read);

}  // namespace modascope::hdf5
