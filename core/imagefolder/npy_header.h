#pragma once

// Within this folder only.

#include <cstddef>
#include <string>
#include <vector>

#include "core/imagefolder/picture_formats.h"

namespace modascope::formats {

/// What a NumPy array's header says: its numbers and their places.
struct NpyHeader {
  std::size_t height = 0;
  std::size_t width = 0;
  char kind = 'f';            ///< f floating, i signed, u unsigned, b true or false
  std::size_t bytesEach = 4;  ///< of a number
  bool bigEndian = false;
  bool columnsFirst = false;  ///< Fortran's order
  std::size_t start = 0;      ///< where the numbers begin

  bool isFloating() const { return kind == 'f'; }
};

/// Of versions 1 to 3. Throws `Error` naming the file, saying what the array holds or which shape
/// it has, when that is no picture.
NpyHeader npyHeader(const Content& content);

}  // namespace modascope::formats
