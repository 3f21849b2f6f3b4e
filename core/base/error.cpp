#include "core/base/error.h"

namespace modascope {

std::string inQuotes(std::string_view text) {
  std::string result;
  result.reserve(text.size() + 2);
  result += '"';
  result += text;
  result += '"';
  return result;
}

std::string inQuotes(const std::filesystem::path& file) {
  return inQuotes(std::string_view(file.native()));
}

}  // namespace modascope
