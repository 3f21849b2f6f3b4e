#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace modascope {

/// Writes small HDF5 files for tests. Groups on the way to a data set are made.
class Hdf5Writer {
 public:
  using Shape = std::vector<std::uint64_t>;

  /// `newest`: in the newest format that the library knows, else in its oldest.
  explicit Hdf5Writer(const std::filesystem::path& file, bool newest = false);
  ~Hdf5Writer();
  Hdf5Writer(const Hdf5Writer&) = delete;
  Hdf5Writer& operator=(const Hdf5Writer&) = delete;

  void floats(const std::string& path, const Shape& shape, const std::vector<float>& values);
  void doubles(const std::string& path, const Shape& shape, const std::vector<double>& values);
  void integers(const std::string& path, const Shape& shape, const std::vector<int>& values);
  /// Truth values as h5py writes them: an enumeration of two.
  void truths(const std::string& path, const std::vector<std::int8_t>& values);
  void strings(const std::string& path, const std::vector<std::string>& values);
  /// Each of `length` bytes, filled up with zeros.
  void fixedStrings(const std::string& path, const Shape& shape, std::size_t length,
                    const std::vector<std::string>& values);
  void pairs(const std::string& path);  ///< two numbers to a value: neither numbers nor text
  void attribute(const std::string& name, const std::string& text);
  void group(const std::string& path);

  void flush();
  std::int64_t handle() const { return file_; }

 private:
  void write(const std::string& path, const Shape& shape, std::int64_t type, const void* values);

  std::int64_t file_;
};

}  // namespace modascope
