#include "core/featurefile/hdf5_data_set.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "core/base/available_memory.h"
#include "core/base/error.h"

namespace modascope::hdf5 {
namespace {

using Read = std::function<void(hid_t, void*)>;

[[noreturn]] void throwUnopened(const std::filesystem::path& file, hid_t handle,
                                const std::string& path) {
  const Handle other(H5Oopen(handle, path.c_str(), H5P_DEFAULT), H5Oclose);
  if (other.valid() && H5Iget_type(other) == H5I_GROUP) {
    throw Error(at(file, path) + " is a group; a data set is expected.");
  }
  throw Error(inQuotes(file) + " has no data set " + path + ".");
}

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

OpenDataSet::OpenDataSet(const std::filesystem::path& file, hid_t handle, const std::string& path)
    : where_(at(file, path)),
      set_(H5Dopen2(handle, path.c_str(), H5P_DEFAULT), H5Dclose),
      type_(set_.valid() ? H5Dget_type(set_) : -1, H5Tclose),
      space_(set_.valid() ? H5Dget_space(set_) : -1, H5Sclose) {
  if (!set_.valid()) throwUnopened(file, handle, path);
  about_ = {kindOf(type_), shapeOf(space_)};
}

void OpenDataSet::require(bool fits, const std::string& expected) const {
  if (fits) return;
  throw Error(where_ + " holds " + wordsFor(about_.kind) + "; " + expected + " expected.");
}

/// Before anything is allocated: a damaged header may claim any size.
std::size_t OpenDataSet::requireRoom(std::size_t count, std::size_t bytesEach) const {
  const bool countable = count <= std::numeric_limits<std::size_t>::max() / bytesEach / 2;
  const auto room = availableMemory();
  if (countable && (!room || count * bytesEach < *room)) return count;
  throw Error(where_ + " claims " + std::to_string(count) +
                  " values, more than the memory that is left can take.",
              Fault::System);
}

void OpenDataSet::requireRows(const Rows& rows) const {
  if (!rows) return;
  for (const std::size_t row : *rows) {
    if (row < about_.rows() && about_.rank() > 0) continue;
    throw Error(where_ + " has " + std::to_string(about_.rows()) + " rows; the row numbered " +
                std::to_string(row) + " was asked for.");
  }
}

std::size_t OpenDataSet::valuesInRow() const {
  return about_.rows() == 0 ? 0 : about_.count() / about_.rows();
}

void OpenDataSet::read(hid_t memoryType, hid_t memorySpace, hid_t fileSpace, void* into) const {
  if (H5Dread(set_, memoryType, memorySpace, fileSpace, H5P_DEFAULT, into) >= 0) return;
  throw Error(where_ + " cannot be read (" + libraryReason() +
              "); the file may be damaged, or its compression is unknown here.");
}

/// `read(memorySpace, fileSpace, offset)` for every stretch of rows that follow one another;
/// `offset` counts the values before it.
template <typename Read>
void OpenDataSet::eachStretch(std::span<const std::size_t> rows, Read read) const {
  std::vector<hsize_t> start(about_.rank(), 0);
  std::vector<hsize_t> size(about_.shape.begin(), about_.shape.end());
  const Handle fileSpace(H5Scopy(space_), H5Sclose);
  for (std::size_t first = 0, next = 0; first < rows.size(); first = next) {
    while (next < rows.size() && rows[next] == rows[first] + (next - first)) ++next;
    start[0] = rows[first];
    size[0] = next - first;
    H5Sselect_hyperslab(fileSpace, H5S_SELECT_SET, start.data(), nullptr, size.data(), nullptr);
    const hsize_t values = (next - first) * valuesInRow();
    const Handle memorySpace(H5Screate_simple(1, &values, nullptr), H5Sclose);
    read(hid_t{memorySpace}, hid_t{fileSpace}, first * valuesInRow());
  }
}

template <typename Number>
std::vector<Number> OpenDataSet::numbers(hid_t memoryType, const Rows& rows) const {
  requireRows(rows);
  const std::size_t count = rows ? rows->size() * valuesInRow() : about_.count();
  std::vector<Number> values(requireRoom(count, sizeof(Number)));
  if (values.empty()) return values;
  if (!rows) {
    read(memoryType, H5S_ALL, H5S_ALL, values.data());
    return values;
  }
  eachStretch(*rows, [&](hid_t memorySpace, hid_t fileSpace, std::size_t offset) {
    read(memoryType, memorySpace, fileSpace, values.data() + offset);
  });
  return values;
}

std::vector<float> OpenDataSet::floats(const Rows& rows) const {
  require(about_.kind == Hdf5Kind::Float || about_.kind == Hdf5Kind::Integer, "numbers are");
  return numbers<float>(H5T_NATIVE_FLOAT, rows);
}

std::vector<std::int64_t> OpenDataSet::integers(const Rows& rows) const {
  require(about_.kind == Hdf5Kind::Integer, "whole numbers are");
  return numbers<std::int64_t>(H5T_NATIVE_INT64, rows);
}

std::vector<std::string> OpenDataSet::allStrings() const {
  const std::size_t bytes = std::max(H5Tget_size(type_), sizeof(char*));
  const std::size_t count = requireRoom(about_.count(), bytes + sizeof(std::string));
  return stringsOf(type_, space_, count,
                   [&](hid_t type, void* into) { read(type, H5S_ALL, H5S_ALL, into); });
}

std::vector<std::string> OpenDataSet::strings(const Rows& rows) const {
  require(about_.kind == Hdf5Kind::Text, "text is");
  requireRows(rows);
  std::vector<std::string> all = allStrings();
  if (!rows) return all;
  const std::size_t each = valuesInRow();
  std::vector<std::string> chosen;
  for (const std::size_t row : *rows) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(row * each);
    chosen.insert(chosen.end(), first, first + static_cast<std::ptrdiff_t>(each));
  }
  return chosen;
}

std::vector<std::string> stringsOf(hid_t fileType, hid_t space, std::size_t count,
                                   const Read& read) {
  if (count == 0) return {};
  if (H5Tis_variable_str(fileType) > 0) return variableStrings(fileType, space, count, read);
  return fixedStrings(fileType, count, read);
}

}  // namespace modascope::hdf5
