#include <array>
#include <charconv>

#include "core/base/error.h"
#include "core/config/config_keys.h"

namespace modascope {
namespace {

/// Shortest text that reads back as the same number, whatever the locale.
template <typename... Arguments>
std::string numberText(Arguments... numberAndFormat) {
  std::array<char, 32> digits;
  const auto end =
      std::to_chars(digits.data(), digits.data() + digits.size(), numberAndFormat...).ptr;
  return std::string(digits.data(), end);
}

std::string numberText(double number) {
  return numberText(number, std::chars_format::general);
}

template <typename Number>
std::optional<Number> wholeTextAs(std::string_view text) {
  Number number{};
  const char* end = text.data() + text.size();
  const auto [stopped, code] = std::from_chars(text.data(), end, number);
  if (code != std::errc() || stopped != end) return std::nullopt;
  return number;
}

std::string_view trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string_view unquoted(std::string_view text) {
  const bool isQuoted = text.size() >= 2 && text.front() == '"' && text.back() == '"';
  return isQuoted ? text.substr(1, text.size() - 2) : text;
}

/// As what it looks like, unless the key wants a word.
ConfigValue parsedFor(const ConfigKey& key, std::string_view text) {
  if (std::holds_alternative<std::string>(key.standard)) return std::string(unquoted(text));
  if (const auto whole = wholeTextAs<std::int64_t>(text)) return *whole;
  if (const auto real = wholeTextAs<double>(text)) return *real;
  return std::string(text);
}

std::string rangeText(const ConfigKey& key) {
  std::string text;
  for (const auto& choice : key.choices) text += (text.empty() ? "" : " | ") + choice;
  if (!key.also.empty()) text += (text.empty() ? "" : " | ") + key.also;
  if (!key.least) return text;
  const auto number = [&key](double value) {
    return std::holds_alternative<double>(key.standard)
               ? numberText(value)
               : numberText(static_cast<std::int64_t>(value));
  };
  text = number(*key.least) + " to " + number(*key.most);
  if (key.step) text += " in steps of " + number(*key.step);
  if (!key.unit.empty()) text += " " + key.unit;
  return text;
}

}  // namespace

std::string toText(const ConfigValue& value) {
  if (const auto* whole = std::get_if<std::int64_t>(&value)) return numberText(*whole);
  if (const auto* real = std::get_if<double>(&value)) return numberText(*real);
  return std::get<std::string>(value);
}

void setFromText(RunConfig& config, std::string_view assignment) {
  const auto equals = assignment.find('=');
  if (equals == std::string_view::npos) {
    throw Error(inQuotes(assignment) + " sets nothing; write it as key=value, such as " +
                "train.lr=0.001.");
  }
  const ConfigKey& key = configKey(trimmed(assignment.substr(0, equals)));
  setValue(config, key.key, parsedFor(key, trimmed(assignment.substr(equals + 1))));
}

std::string describeKeys() {
  std::string text;
  for (const auto& key : configKeys()) {
    text += key.key + " = " + toText(key.standard) + "   (" + rangeText(key) + ")\n    " +
            key.words + "\n";
  }
  return text;
}

std::vector<std::string> differences(const RunConfig& config, const RunConfig& base) {
  std::vector<std::string> assignments;
  for (const auto& key : configKeys()) {
    const ConfigValue value = key.get(config);
    if (value != key.get(base)) assignments.push_back(key.key + "=" + toText(value));
  }
  return assignments;
}

}  // namespace modascope
