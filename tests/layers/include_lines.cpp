#include "tests/layers/include_lines.h"

#include <regex>
#include <sstream>

namespace modascope::layers {

std::vector<IncludeLine> includeLines(const std::string& text) {
  static const std::regex pattern(R"(^\s*#\s*include\s*([<"])([^>"]+)[>"].*)");
  std::vector<IncludeLine> includes;
  std::istringstream lines(text);
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    std::smatch match;
    if (std::regex_match(line, match, pattern)) {
      includes.push_back({number, match[2], match[1] == "\""});
    }
  }
  return includes;
}

}  // namespace modascope::layers
