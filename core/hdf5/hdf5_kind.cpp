#include "core/hdf5/hdf5_kind.h"

#include <limits>

namespace modascope {

std::size_t Hdf5DataSet::count() const {
  std::size_t product = 1;
  for (const std::size_t size : shape) {
    if (size != 0 && product > std::numeric_limits<std::size_t>::max() / size) {
      return std::numeric_limits<std::size_t>::max();
    }
    product *= size;
  }
  return product;
}

std::string wordsFor(const Hdf5DataSet& set) {
  switch (set.kind) {
    case Hdf5Kind::Float:
      return "real numbers";
    case Hdf5Kind::Integer:
      return "whole numbers";
    case Hdf5Kind::Text:
      return "text";
    case Hdf5Kind::Other:
      break;
  }
  return set.type.empty() ? "neither numbers nor text" : set.type;
}

}  // namespace modascope
