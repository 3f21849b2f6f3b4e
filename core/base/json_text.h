#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include "core/base/name_text.h"

namespace modascope {

/// Every text in it, keys too, as `validText`.
template <typename Json>
Json withValidTexts(const Json& json) {
  if (json.is_string()) return validText(json.template get_ref<const std::string&>());
  if (!json.is_structured()) return json;
  Json valid = json.is_object() ? Json::object() : Json::array();
  if (json.is_array())
    for (const Json& one : json) valid.push_back(withValidTexts(one));
  else
    for (const auto& [key, value] : json.items()) valid[validText(key)] = withValidTexts(value);
  return valid;
}

/// The one way in which this program writes JSON: it refuses nothing, and shows bytes that are no
/// UTF-8 as name_text.h tells. Paths that are read again are written by `textOf`. `indent` −1: one
/// line.
template <typename Json>
std::string jsonText(const Json& json, int indent = -1) {
  try {
    return json.dump(indent);
  } catch (const typename Json::type_error&) {  // some name is no UTF-8
    return withValidTexts(json).dump(indent, ' ', false, Json::error_handler_t::replace);
  }
}

}  // namespace modascope
