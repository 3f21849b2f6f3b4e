#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "core/hdf5/hdf5_kind.h"

namespace modascope {

namespace hdf5 {
class ReaderProcess;
enum class Ask : std::uint8_t;
}  // namespace hdf5

/// An HDF5 file, open for reading in a process of its own (modascope-hdf5), which alone knows the
/// HDF5 library: what is damaged ends that process and becomes a sentence here. Data sets and
/// groups go by their path ("/train/audio").
///
/// Only what lies in the file itself is read: external links, external and virtual data sets are
/// refused by name. Any thread. Every function throws `Error` naming the file and the data set,
/// what was found and what was expected; also when it is stopped.
class Hdf5File {
 public:
  explicit Hdf5File(std::filesystem::path file, std::stop_token stop = {});
  ~Hdf5File();
  Hdf5File(const Hdf5File&) = delete;
  Hdf5File& operator=(const Hdf5File&) = delete;

  const std::filesystem::path& file() const { return file_; }

  /// Names of what is in a group, sorted.
  std::vector<std::string> members(const std::string& group) const;
  bool hasGroup(const std::string& path) const;
  bool hasDataSet(const std::string& path) const;
  /// Nothing if there is nothing of that name. Throws for a link that leads nowhere or out of the
  /// file.
  std::optional<Hdf5DataSet> find(const std::string& path) const;
  /// The same of what must be there.
  Hdf5DataSet describe(const std::string& path) const;

  /// All values, row by row. Integers are taken as floats, floats never as integers.
  std::vector<float> floats(const std::string& path) const;
  std::vector<std::int64_t> integers(const std::string& path) const;
  std::vector<std::string> strings(const std::string& path) const;

  /// The words of a text attribute of the file itself; nothing if there is none of that name.
  std::optional<std::vector<std::string>> attribute(const std::string& name) const;

 private:
  template <typename Talk>
  auto talk(Talk&& talk) const;
  template <typename Number>
  std::vector<Number> numbers(hdf5::Ask ask, const std::string& path) const;

  std::filesystem::path file_;
  mutable std::mutex oneAtATime_;
  std::unique_ptr<hdf5::ReaderProcess> reader_;
};

/// By the signature, at the places where the format allows it. False for what cannot be opened.
bool isHdf5(const std::filesystem::path& file);
/// .h5, .hdf5 or .csd, upper or lower case.
bool isHdf5Name(const std::filesystem::path& file);

}  // namespace modascope
