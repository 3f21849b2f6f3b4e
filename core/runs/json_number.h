#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <nlohmann/json_fwd.hpp>

namespace modascope {

/// Numbers of a document that others may have written or damaged, each within its bounds. All throw
/// `Error` naming the key, what is there and what is expected; a truth value, a text or a number
/// with decimals is no integer.
std::int64_t integerIn(const nlohmann::json& json, const std::string& key, std::int64_t low,
                       std::int64_t high);
double realIn(const nlohmann::json& json, const std::string& key, double low, double high);
std::vector<double> realsIn(const nlohmann::json& json, const std::string& key, double low,
                            double high);
std::uint64_t naturalIn(const nlohmann::json& json, const std::string& key);

}  // namespace modascope
