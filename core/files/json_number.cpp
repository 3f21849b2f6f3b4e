#include "core/files/json_number.h"

#include <limits>
#include <sstream>

#include <nlohmann/json.hpp>

#include "core/base/error.h"

namespace modascope {
namespace {

template <typename Json>
std::string shortened(const Json& value) {
  constexpr std::size_t kMost = 60;
  const std::string text = value.dump(-1, ' ', false, Json::error_handler_t::replace);
  return text.size() <= kMost ? text : text.substr(0, kMost) + " …";
}

template <typename Json, typename Number>
Error outside(const std::string& key, const Json& value, const char* kind, Number low,
              Number high) {
  std::ostringstream words;
  words.imbue(std::locale::classic());
  words << key << " is " << shortened(value) << "; " << kind << " from " << low << " to " << high
        << " is expected";
  return Error(words.str());
}

template <typename Json>
double realOf(const Json& value, const std::string& key, double low, double high) {
  const double number =
      value.is_number() ? value.template get<double>() : std::numeric_limits<double>::quiet_NaN();
  if (number >= low && number <= high) return number;
  throw outside(key, value, "a number", low, high);
}

}  // namespace

template <typename Json>
std::int64_t integerIn(const Json& json, const std::string& key, std::int64_t low,
                       std::int64_t high) {
  const Json& value = json.at(key);
  constexpr auto kMost = static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
  const bool fits = value.is_number_unsigned() ? value.template get<std::uint64_t>() <= kMost
                                               : value.is_number_integer();
  if (fits)
    if (const auto number = value.template get<std::int64_t>(); number >= low && number <= high)
      return number;
  throw outside(key, value, "a whole number", low, high);
}

template <typename Json>
double realIn(const Json& json, const std::string& key, double low, double high) {
  return realOf(json.at(key), key, low, high);
}

template <typename Json>
std::vector<double> realsIn(const Json& json, const std::string& key, double low, double high) {
  const Json& list = json.at(key);
  if (!list.is_array()) throw Error(key + " is " + shortened(list) + "; a list is expected");
  std::vector<double> numbers;
  for (const Json& value : list) numbers.push_back(realOf(value, key, low, high));
  return numbers;
}

template <typename Json>
std::uint64_t naturalIn(const Json& json, const std::string& key) {
  const Json& value = json.at(key);
  if (value.is_number_unsigned()) return value.template get<std::uint64_t>();
  throw outside(key, value, "a whole number", std::uint64_t{0},
                std::numeric_limits<std::uint64_t>::max());
}

template std::int64_t integerIn(const nlohmann::json&, const std::string&, std::int64_t,
                                std::int64_t);
template double realIn(const nlohmann::json&, const std::string&, double, double);
template std::vector<double> realsIn(const nlohmann::json&, const std::string&, double, double);
template std::uint64_t naturalIn(const nlohmann::json&, const std::string&);
template std::int64_t integerIn(const nlohmann::ordered_json&, const std::string&, std::int64_t,
                                std::int64_t);
template double realIn(const nlohmann::ordered_json&, const std::string&, double, double);
template std::vector<double> realsIn(const nlohmann::ordered_json&, const std::string&, double,
                                     double);
template std::uint64_t naturalIn(const nlohmann::ordered_json&, const std::string&);

}  // namespace modascope
