#pragma once

#include <ostream>
#include <span>
#include <vector>

namespace modascope {

using Bytes = std::span<const unsigned char>;

/// One gzip file of the parts, one after the other. Throws `Error` (System) when there is not
/// enough memory; whether the bytes arrived, `to` knows.
void writeGzip(std::ostream& to, const std::vector<Bytes>& parts);

}  // namespace modascope
