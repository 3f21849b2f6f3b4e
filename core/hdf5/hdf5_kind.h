#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace modascope {

/// What a data set holds. Truth values are integers.
enum class Hdf5Kind { Float, Integer, Text, Other };

struct Hdf5DataSet {
  Hdf5Kind kind = Hdf5Kind::Other;
  std::vector<std::size_t> shape = {};  ///< empty for a single value
  std::string type = {};   ///< in words, "complex numbers"; only where the kind is `Other`
  std::string fault = {};  ///< the sentence why its values cannot be read; empty if they can

  std::size_t rank() const { return shape.size(); }
  std::size_t rows() const { return shape.empty() ? 1 : shape.front(); }
  std::size_t count() const;  ///< of all values
};

/// "real numbers", "complex numbers"
std::string wordsFor(const Hdf5DataSet& set);

}  // namespace modascope
