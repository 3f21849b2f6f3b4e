#include "core/runs/json_number.h"

#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace modascope {
namespace {

using Json = nlohmann::json;

std::string shortened(const Json& value) {
  constexpr std::size_t kMost = 60;
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= kMost ? text : text.substr(0, kMost) + " …";
}

template <typename Number>
Error outside(const std::string& key, const Json& value, const char* kind, Number low,
              Number high) {
  std::ostringstream words;
  words.imbue(std::locale::classic());
  words << key << " is " << shortened(value) << "; " << kind << " from " << low << " to " << high
        << " is expected";
  return Error(words.str());
}

double realOf(const Json& value, const std::string& key, double low, double high) {
  const double number =
      value.is_number() ? value.get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (number >= low && number <= high) return number;
  throw outside(key, value, "a number", low, high);
}

}  // namespace

std::int64_t integerIn(const Json& json, const std::string& key, std::int64_t low,
                       std::int64_t high) {
  const Json& value = json.at(key);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool fits =
      value.is_number_unsigned() ? value.get<std::uint64_t>() <= kMost : value.is_number_integer();
  if (fits)
    if (const auto number = value.get<std::int64_t>(); number >= low && number <= high)
      return number;
  throw outside(key, value, "a whole number", low, high);
}

double realIn(const Json& json, const std::string& key, double low, double high) {
  return realOf(json.at(key), key, low, high);
}

std::vector<double> realsIn(const Json& json, const std::string& key, double low, double high) {
  const Json& list = json.at(key);
  if (!list.is_array()) throw Error(key + " is " + shortened(list) + "; a list is expected");
  std::vector<double> numbers;
  for (const Json& value : list) numbers.push_back(realOf(value, key, low, high));
  return numbers;
}

std::uint64_t naturalIn(const Json& json, const std::string& key) {
  const Json& value = json.at(key);
  if (value.is_number_unsigned()) return value.get<std::uint64_t>();
  throw outside(key, value, "a whole number", std::uint64_t{0},
                std::numeric_limits<std::uint64_t>::max());
}

}  // namespace modascope
