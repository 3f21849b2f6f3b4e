#include "core/files/bounded_json.h"

#include <algorithm>
#include <string>
#include <unordered_set>
#include <vector>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/files/input_file.h"
#include "core/files/memory_need.h"

namespace modascope {
namespace {

using Json = nlohmann::json;

/// Walks over a text before anything is built of it.
class Walk : public nlohmann::json_sax<Json> {
 public:
  explicit Walk(const JsonLimits& limits) : limits_(limits) {}

  bool null() override { return true; }
  bool boolean(bool) override { return true; }
  bool number_integer(number_integer_t) override { return true; }
  bool number_unsigned(number_unsigned_t) override { return true; }
  bool number_float(number_float_t, const string_t&) override { return true; }
  bool string(string_t&) override { return true; }
  bool binary(binary_t&) override { return true; }
  bool start_array(std::size_t) override { return enter(); }
  bool end_array() override { return leave(); }
  bool start_object(std::size_t) override { return enter(); }
  bool end_object() override { return leave(); }

  bool key(string_t& name) override {
    if (!keys_.back().insert(name).second)
      throw Error("it has " + inQuotes(name.substr(0, kShown)) + " twice");
    if (keys_.back().size() > limits_.keys)
      throw Error("it has more than " + std::to_string(limits_.keys) + " names in one table");
    return true;
  }

  bool parse_error(std::size_t place, const std::string&,
                   const nlohmann::detail::exception& error) override {
    const std::string what = error.what();
    const bool number = what.find("number overflow") != std::string::npos;
    throw Error((number ? "it is no JSON: a number is too large at byte "
                        : "it is no JSON: it breaks off or cannot be understood at byte ") +
                std::to_string(place));
  }

 private:
  static constexpr std::size_t kShown = 100;

  bool enter() {
    if (keys_.size() >= static_cast<std::size_t>(limits_.depth))
      throw Error("it is nested deeper than " + std::to_string(limits_.depth) + " levels");
    keys_.emplace_back();
    return true;
  }
  bool leave() {
    keys_.pop_back();
    return true;
  }

  JsonLimits limits_;
  std::vector<std::unordered_set<std::string>> keys_;  ///< of the tables around
};

template <typename Result>
Result parsed(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.bytes)
    throw Error("it has " + sizeInWords(text.size()) + ", of which " + sizeInWords(limits.bytes) +
                " are the most");
  Walk walk(limits);
  Json::sax_parse(text, &walk);
  return Result::parse(text);
}

template <typename Parse>
auto readWith(const std::filesystem::path& file, const JsonLimits& limits, Parse parse) {
  constexpr std::uint64_t kBytesEach = 32;  // what a value takes for each byte of its text
  InputFile input(file);
  requireAtMost(file, input.size(), limits.bytes);
  requireMemory(file, input.size() * kBytesEach);
  try {
    return parse(input.rest(), limits);
  } catch (const Error& error) {
    throw Error(inQuotes(file) + " is not understood: " + error.what() + ".");
  }
}

}  // namespace

Json parseJson(std::string_view text, const JsonLimits& limits) {
  return parsed<Json>(text, limits);
}

nlohmann::ordered_json parseOrderedJson(std::string_view text, const JsonLimits& limits) {
  JsonLimits tighter = limits;
  tighter.keys = std::min<std::size_t>(limits.keys, 4000);
  return parsed<nlohmann::ordered_json>(text, tighter);
}

Json readJson(const std::filesystem::path& file, const JsonLimits& limits) {
  return readWith(file, limits, parseJson);
}

nlohmann::ordered_json readOrderedJson(const std::filesystem::path& file,
                                       const JsonLimits& limits) {
  return readWith(file, limits, parseOrderedJson);
}

}  // namespace modascope
