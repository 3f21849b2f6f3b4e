#include "core/base/csv_cell.h"

#include <array>
#include <charconv>
#include <cmath>

#include "core/base/name_text.h"

namespace modascope {

std::string csvCell(double value) {
  if (!std::isfinite(value)) return {};
  std::array<char, 32> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), value).ptr;
  return {text.data(), end};
}

std::string csvCell(std::string_view bytes) {
  std::string text = validText(bytes);
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string quoted = "\"";
  for (const char c : text) quoted += c == '"' ? std::string("\"\"") : std::string(1, c);
  return quoted + "\"";
}

}  // namespace modascope
