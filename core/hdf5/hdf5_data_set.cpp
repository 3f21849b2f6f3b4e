#include "core/hdf5/hdf5_data_set.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/base/error.h"
#include "core/hdf5/hdf5_storage.h"
#include "core/system/process_limits.h"

namespace modascope::hdf5 {
namespace {

using Read = std::function<void(hid_t, void*)>;

constexpr std::size_t kBlockBytes = 4u << 20;

/// The library owns what the pointers point to.
std::vector<std::string> variableStrings(hid_t fileType, hid_t space, std::size_t count,
                                         const Read& read) {
  const Handle type(H5Tcopy(H5T_C_S1), H5Tclose);
  H5Tset_size(type, H5T_VARIABLE);
  H5Tset_cset(type, H5Tget_cset(fileType));
  std::vector<char*> pointers(count, nullptr);
  read(type, pointers.data());
  std::vector<std::string> texts(count);
  std::transform(pointers.begin(), pointers.end(), texts.begin(),
                 [](const char* text) { return std::string(text == nullptr ? "" : text); });
  H5Dvlen_reclaim(type, space, H5P_DEFAULT, pointers.data());
  return texts;
}

std::vector<std::string> fixedStrings(hid_t fileType, std::size_t count, const Read& read) {
  const std::size_t length = H5Tget_size(fileType);
  const bool spaces = H5Tget_strpad(fileType) == H5T_STR_SPACEPAD;
  std::vector<char> bytes(count * length);
  read(fileType, bytes.data());
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < count; ++i) {
    std::string text(bytes.data() + i * length, length);
    text.resize(std::strlen(text.c_str()));
    if (spaces) text.erase(text.find_last_not_of(' ') + 1);
    texts.push_back(std::move(text));
  }
  return texts;
}

}  // namespace

OpenDataSet::OpenDataSet(const OpenFile& file, const std::string& path)
    : file_(file),
      where_(at(file.path, path)),
      set_(H5Dopen2(file.handle, path.c_str(), H5P_DEFAULT), H5Dclose),
      type_(set_.valid() ? H5Dget_type(set_) : -1, H5Tclose),
      space_(set_.valid() ? H5Dget_space(set_) : -1, H5Sclose) {
  if (!type_.valid() || !space_.valid())
    throw Error(where_ + " cannot be read (" + libraryReason() + "); the file may be damaged.");
  about_.kind = kindOf(type_);
  about_.shape = shapeOf(space_);
  if (about_.kind == Hdf5Kind::Other) about_.type = wordsForOther(type_);
  if (const std::string fault = storageFault(file_, set_, about_); !fault.empty())
    about_.fault = where_ + fault;
}

void OpenDataSet::require(bool fits, const std::string& expected) const {
  if (!fits) throw Error(where_ + " holds " + wordsFor(about_) + "; " + expected + " expected.");
  if (!about_.fault.empty()) throw Error(about_.fault);
}

void OpenDataSet::requireNumbers() const {
  require(about_.kind == Hdf5Kind::Float || about_.kind == Hdf5Kind::Integer, "numbers are");
}

void OpenDataSet::requireIntegers() const {
  require(about_.kind == Hdf5Kind::Integer, "whole numbers are");
}

void OpenDataSet::requireTexts() const {
  require(about_.kind == Hdf5Kind::Text, "text is");
}

std::size_t OpenDataSet::valuesInRow() const {
  return about_.rows() == 0 ? 0 : about_.count() / about_.rows();
}

void OpenDataSet::read(hid_t memoryType, hid_t memorySpace, hid_t fileSpace, void* into) const {
  if (H5Dread(set_, memoryType, memorySpace, fileSpace, H5P_DEFAULT, into) >= 0) return;
  throw Error(where_ + " cannot be read (" + libraryReason() + "); the file may be damaged.");
}

/// `read(memorySpace, fileSpace, values)` for blocks of rows that follow one another. A block ends
/// with a chunk, so that none is unpacked twice.
void OpenDataSet::eachBlock(std::size_t bytesEach,
                            const std::function<void(hid_t, hid_t, std::size_t)>& readBlock) const {
  if (about_.count() == 0) return;
  if (about_.rank() == 0) return readBlock(H5S_ALL, H5S_ALL, 1);
  const std::size_t chunk = rowsInChunk(set_), all = about_.rows();
  const std::size_t fitting = kBlockBytes / bytesEach / valuesInRow();
  const std::size_t step = std::max<std::size_t>(1, fitting / chunk) * chunk;
  std::vector<hsize_t> start(about_.rank(), 0), size(about_.shape.begin(), about_.shape.end());
  for (; start[0] < all; start[0] += step) {
    size[0] = std::min<hsize_t>(step, all - start[0]);
    const std::size_t values = size[0] * valuesInRow();
    if (values > std::numeric_limits<std::size_t>::max() / bytesEach) throw std::bad_alloc();
    expectProgress(values * bytesEach);
    H5Sselect_hyperslab(space_, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr);
    const Handle memory(H5Screate_simple(static_cast<int>(size.size()), size.data(), nullptr),
                        H5Sclose);  // of one shape with the block: much faster than a line
    readBlock(memory, space_, values);
  }
}

template <typename Number>
void OpenDataSet::numbers(hid_t memoryType, const Sink<Number>& sink) const {
  std::vector<Number> values;
  const std::size_t bytesEach = std::max(H5Tget_size(type_), sizeof(Number));
  eachBlock(bytesEach, [&](hid_t memorySpace, hid_t fileSpace, std::size_t count) {
    values.resize(count);
    read(memoryType, memorySpace, fileSpace, values.data());
    sink(values);
  });
}

void OpenDataSet::floats(const Sink<float>& sink) const {
  requireNumbers();
  numbers<float>(H5T_NATIVE_FLOAT, sink);
}

/// Larger ones than fit would all become the largest that does.
void OpenDataSet::integers(const Sink<std::int64_t>& sink) const {
  requireIntegers();
  if (H5Tget_class(type_) == H5T_ENUM || H5Tget_sign(type_) != H5T_SGN_NONE)
    return numbers<std::int64_t>(H5T_NATIVE_INT64, sink);
  numbers<std::uint64_t>(H5T_NATIVE_UINT64, [&](std::span<const std::uint64_t> block) {
    std::vector<std::int64_t> values;
    for (const std::uint64_t value : block) {
      if (value > static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()))
        throw Error(where_ + " holds " + std::to_string(value) + "; 2^63 - 1 is the largest.");
      values.push_back(static_cast<std::int64_t>(value));
    }
    sink(values);
  });
}

/// Texts of varying length lie in the file once each: more of them than it is long is damage.
void OpenDataSet::texts(const Sink<std::string>& sink) const {
  requireTexts();
  constexpr std::size_t kUsualLength = 1024;
  const bool varying = H5Tis_variable_str(type_) > 0;
  const std::size_t bytesEach =
      varying ? kUsualLength : std::max<std::size_t>(1, H5Tget_size(type_));
  std::uint64_t room = file_.bytes;
  eachBlock(bytesEach, [&](hid_t memorySpace, hid_t fileSpace, std::size_t count) {
    const hid_t space = memorySpace == H5S_ALL ? hid_t{space_} : memorySpace;
    const std::vector<std::string> block =
        stringsOf(type_, space, count,
                  [&](hid_t type, void* into) { read(type, memorySpace, fileSpace, into); });
    for (const std::string& text : block) {
      if (varying && text.size() > room)
        throw Error(where_ + " claims more text than the file is long; it is damaged.");
      room -= varying ? text.size() : 0;
    }
    sink(block);
  });
}

std::vector<std::string> stringsOf(hid_t fileType, hid_t space, std::size_t count,
                                   const Read& read) {
  if (count == 0) return {};
  if (H5Tis_variable_str(fileType) > 0) return variableStrings(fileType, space, count, read);
  return fixedStrings(fileType, count, read);
}

}  // namespace modascope::hdf5
