#include "tests/layers/plain_code.h"

#include <algorithm>
#include <cctype>

namespace modascope::layers {
namespace {

bool isWordCharacter(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0;
}

/// Where the raw text R"mark(…)mark" whose quote stands at `quote` ends: at its last quote.
std::size_t endOfRawText(const std::string& text, std::size_t quote) {
  const std::size_t open = text.find('(', quote);
  if (open == std::string::npos) return text.size() - 1;
  const std::string end = ")" + text.substr(quote + 1, open - quote - 1) + "\"";
  const std::size_t close = text.find(end, open);
  return close == std::string::npos ? text.size() - 1 : close + end.size() - 1;
}

}  // namespace

std::string plainCode(std::string text) {
  enum { Code, Line, Block, Text, Letter } in = Code;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i], next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (in == Code) {
      if (c == '"' && i > 0 && text[i - 1] == 'R') {
        const std::size_t end = endOfRawText(text, i);
        std::replace_if(
            text.begin() + static_cast<std::ptrdiff_t>(i) + 1,
            text.begin() + static_cast<std::ptrdiff_t>(end), [](char raw) { return raw != '\n'; },
            ' ');
        i = end;
        continue;
      }
      if (c == '/' && next == '/') in = Line;
      if (c == '/' && next == '*') in = Block;
      if (c == '"') in = Text;
      if (c == '\'' && (i == 0 || !isWordCharacter(text[i - 1]))) in = Letter;
      if (in == Line || in == Block) text[i] = ' ';
      continue;
    }
    const bool ends = (in == Line && c == '\n') || (in == Text && c == '"') ||
                      (in == Letter && c == '\'') || (in == Block && c == '*' && next == '/');
    if ((in == Text || in == Letter) && c == '\\') text[i++] = ' ';
    if (in == Block && ends) text[i++] = ' ';
    if (c != '\n' && i < text.size() && !(ends && in != Block)) text[i] = ' ';
    if (ends) in = Code;
  }
  return text;
}

}  // namespace modascope::layers
