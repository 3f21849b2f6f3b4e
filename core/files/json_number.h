#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace modascope {

/// Numbers of a document that others may have written or damaged, each within its bounds. All throw
/// `Error` naming the key, what is there and what is expected; a truth value, a text or a number
/// with decimals is no integer. `Json` is nlohmann::json or nlohmann::ordered_json.
template <typename Json>
std::int64_t integerIn(const Json& json, const std::string& key, std::int64_t low,
                       std::int64_t high);
template <typename Json>
double realIn(const Json& json, const std::string& key, double low, double high);
template <typename Json>
std::vector<double> realsIn(const Json& json, const std::string& key, double low, double high);
template <typename Json>
std::uint64_t naturalIn(const Json& json, const std::string& key);

}  // namespace modascope
