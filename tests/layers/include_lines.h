#pragma once

#include <string>
#include <vector>

namespace modascope::layers {

struct IncludeLine {
  int line;
  std::string target;
  bool quoted;
};

/// The #include lines of a file.
std::vector<IncludeLine> includeLines(const std::string& text);

}  // namespace modascope::layers
