#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// What a data set holds. Truth values are integers.
enum class Hdf5Kind { Float, Integer, Text, Other };

struct Hdf5DataSet {
  Hdf5Kind kind = Hdf5Kind::Other;
  std::vector<std::size_t> shape;  ///< empty for a single value

  std::size_t rank() const { return shape.size(); }
  std::size_t rows() const { return shape.empty() ? 1 : shape.front(); }
  std::size_t count() const;  ///< of all values
};

/// An HDF5 file, open for reading. Data sets and groups go by their path ("/train/audio").
///
/// Any thread: the library's calls are made one at a time, in the whole program. Every function
/// throws `Error` naming the file and the data set, what was found and what was expected.
class Hdf5File {
 public:
  explicit Hdf5File(std::filesystem::path file);
  ~Hdf5File();
  Hdf5File(const Hdf5File&) = delete;
  Hdf5File& operator=(const Hdf5File&) = delete;

  const std::filesystem::path& file() const { return file_; }

  /// Names of the groups and data sets in a group, sorted.
  std::vector<std::string> members(const std::string& group) const;
  bool hasGroup(const std::string& path) const;
  bool hasDataSet(const std::string& path) const;
  Hdf5DataSet describe(const std::string& path) const;

  /// All values, row by row. Integers are taken as floats, floats never as integers.
  std::vector<float> floats(const std::string& path) const;
  std::vector<std::int64_t> integers(const std::string& path) const;
  std::vector<std::string> strings(const std::string& path) const;

  /// The rows along the first axis that are named, in their order.
  std::vector<float> floats(const std::string& path, std::span<const std::size_t> rows) const;
  std::vector<std::int64_t> integers(const std::string& path,
                                     std::span<const std::size_t> rows) const;
  std::vector<std::string> strings(const std::string& path,
                                   std::span<const std::size_t> rows) const;

  /// The words of a text attribute of the file itself; nothing if there is none of that name.
  std::optional<std::vector<std::string>> attribute(const std::string& name) const;

 private:
  std::filesystem::path file_;
  std::int64_t handle_;
};

/// By the signature, at the places where the format allows it. False for what cannot be opened.
bool isHdf5(const std::filesystem::path& file);
/// .h5, .hdf5 or .csd, upper or lower case.
bool isHdf5Name(const std::filesystem::path& file);

}  // namespace modascope
