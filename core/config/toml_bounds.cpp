#include "core/config/toml_bounds.h"

#include <algorithm>

namespace modascope {
namespace {

constexpr std::int64_t kLongestLine = 10'000;  // letters
constexpr int kMostParts = 16;
constexpr int kDeepest = 16;

class Scan {
 public:
  explicit Scan(std::string_view text) : rest_(text) {}

  std::optional<TomlExcess> run() {
    while (!rest_.empty()) {
      step();
      if (letters_ > kLongestLine) return excess("a line has more than 10,000 letters");
      if (parts_ > kMostParts) return excess("a name has more than 16 parts");
      if (depth_ > kDeepest) return excess("brackets are nested more than 16 deep");
    }
    return std::nullopt;
  }

 private:
  TomlExcess excess(const char* words) const { return {line_, words}; }

  void take(std::size_t count) {
    for (const char c : rest_.substr(0, count)) {
      ++letters_;
      if (c != '\n') continue;
      ++line_;
      letters_ = 0;
      parts_ = 1;
    }
    rest_.remove_prefix(std::min(count, rest_.size()));
  }

  /// A comment, a string or a letter.
  void step() {
    if (rest_.front() == '#') return take(std::min(rest_.find('\n'), rest_.size()));
    for (const std::string_view quote : {"\"\"\"", "'''"})
      if (rest_.starts_with(quote)) return takeString(quote, true);
    for (const std::string_view quote : {"\"", "'"})
      if (rest_.starts_with(quote)) return takeString(quote, false);
    const char c = rest_.front();
    if (c == '[' || c == '{') ++depth_;
    if ((c == ']' || c == '}') && depth_ > 0) --depth_;
    if (c == '.') ++parts_;
    if (c == '=' || c == ',') parts_ = 1;
    take(1);
  }

  /// To its end, or to the line's if it has none there.
  void takeString(std::string_view quote, bool overLines) {
    const bool escapes = quote.front() == '"';
    take(quote.size());
    while (!rest_.empty() && !rest_.starts_with(quote)) {
      if (!overLines && rest_.front() == '\n') return;
      take(escapes && rest_.front() == '\\' ? 2 : 1);
    }
    take(quote.size());
  }

  std::string_view rest_;
  std::int64_t line_ = 1;
  std::int64_t letters_ = 0;  ///< of the line
  int parts_ = 1;             ///< of the name
  int depth_ = 0;             ///< brackets that are open
};

}  // namespace

std::optional<TomlExcess> tomlExcess(std::string_view text) {
  return Scan(text).run();
}

}  // namespace modascope
