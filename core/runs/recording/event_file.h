#pragma once

#include <cstdint>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// CRC-32C (Castagnoli) of the bytes.
std::uint32_t crc32c(std::string_view bytes);

struct Scalar {
  std::string tag;  ///< "loss/mean": TensorBoard groups by what stands before the slash
  double value = 0;
};

/// A file of events as TensorBoard reads it: TFRecords (length, masked CRC-32C of the length, data,
/// masked CRC-32C of the data, little endian) of protocol buffers `tensorflow.Event`, of which the
/// first names the version. Throws `Error` (System) when it cannot be written.
class EventFile {
 public:
  /// Makes `events.out.tfevents.<seconds>.<host>.<process>.<n>` in `folder`, which is made too.
  explicit EventFile(const std::filesystem::path& folder);

  const std::filesystem::path& path() const { return path_; }
  /// One event; what is not finite is left out.
  void addScalars(std::int64_t step, const std::vector<Scalar>& scalars);
  /// Tells the reader to forget what earlier files say of this step and later ones.
  void addRestart(std::int64_t step);

 private:
  void addRecord(const std::string& event);

  std::filesystem::path path_;
  std::ofstream stream_;
};

}  // namespace modascope
