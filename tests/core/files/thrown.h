#pragma once

#include <optional>
#include <string>

#include "core/base/error.h"

namespace modascope {

/// The `Error` that `action` throws; nothing if it throws none.
template <typename Action>
std::optional<Error> thrownBy(Action action) {
  try {
    action();
  } catch (const Error& error) {
    return error;
  }
  return std::nullopt;
}

/// Its sentence, empty if there is none.
template <typename Action>
std::string sentenceOf(Action action) {
  const auto error = thrownBy(action);
  return error ? error->what() : "";
}

inline bool contains(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace modascope
