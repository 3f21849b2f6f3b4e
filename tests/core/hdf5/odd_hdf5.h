#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace modascope {

/// A file of features with everything that one may hold: texts of fixed and of varying length,
/// compressed chunks, an enumeration, attributes, links; in the library's old or its newest format.
void writeAllKinds(const std::filesystem::path& file, bool newest);

/// A sequence of features, and beside it one of labels.
void writeSequences(const std::filesystem::path& file);
std::filesystem::path labelsBeside(const std::filesystem::path& file);

/// A file in several parts, f-0.h5, f-1.h5 and so on for "f-%d.h5".
void writeFamily(const std::filesystem::path& pattern);

/// Makes a file with texts of varying length one that the library goes over for ever.
void makeEndless(const std::filesystem::path& file);

/// What an HDF5 file may promise and not hold, added to one that is there.
class OddHdf5 {
 public:
  using Shape = std::vector<std::uint64_t>;

  explicit OddHdf5(const std::filesystem::path& file);
  ~OddHdf5();
  OddHdf5(const OddHdf5&) = delete;
  OddHdf5& operator=(const OddHdf5&) = delete;

  void remove(const std::string& path);
  void softLink(const std::string& path, const std::string& target);
  void externalLink(const std::string& path, const std::string& file, const std::string& target);
  /// Numbers whose source is `source` of another file; "." is this one.
  void virtualSet(const std::string& path, const Shape& shape, const std::string& file,
                  const std::string& source);
  /// Numbers that lie raw in another file.
  void externalSet(const std::string& path, const Shape& shape, const std::string& file);
  /// Made and never written.
  void unwritten(const std::string& path, const Shape& shape);
  /// In chunks of `rows` rows, of which the first `written` are written.
  void chunked(const std::string& path, const Shape& shape, std::uint64_t rows,
               std::uint64_t written);
  /// Its values went through a filter that nobody knows.
  void filtered(const std::string& path, const Shape& shape, int filter, const std::string& name);
  void namedType(const std::string& path);
  /// Each value a list of numbers.
  void lists(const std::string& path, std::uint64_t count);
  void hardLink(const std::string& path, const std::string& target);

 private:
  std::int64_t file_;
};

}  // namespace modascope
