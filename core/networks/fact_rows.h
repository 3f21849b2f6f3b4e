#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/base/error.h"
#include "core/base/words.h"

namespace modascope {

/// Rows of facts, each with a `name`.

template <typename Row>
std::vector<std::string> namesOf(const std::vector<Row>& rows) {
  std::vector<std::string> names;
  for (const Row& row : rows) names.emplace_back(row.name);
  return names;
}

/// Throws `Error`: "There is no <what> "name"; there are …".
template <typename Row>
const Row& rowNamed(const std::vector<Row>& rows, std::string_view name, const char* what) {
  for (const Row& row : rows)
    if (row.name == name) return row;
  throw Error("There is no " + std::string(what) + ' ' + inQuotes(name) + "; there are " +
              joined(namesOf(rows)) + '.');
}

}  // namespace modascope
