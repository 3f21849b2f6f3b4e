#include "app/work/training/extension.h"

#include <array>
#include <cstdio>

#include <nlohmann/json.hpp>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/files/paths.h"
#include "core/optim/adam.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kFile = "extensions.json";

std::string shortNumber(double value) {
  std::array<char, 32> text{};
  std::snprintf(text.data(), text.size(), "%.3g", value);
  return text.data();
}

}  // namespace

std::vector<Extension> extensionsOf(const fs::path& run) {
  if (!isThere(run / kFile)) return {};
  try {
    std::vector<Extension> extensions;
    for (const Json& one : readOrderedJson(run / kFile))
      extensions.push_back({one.at("from").get<std::int64_t>(), one.at("to").get<std::int64_t>(),
                            one.at("at_step").get<std::int64_t>(),
                            one.at("when").get<std::string>()});
    return extensions;
  } catch (const Json::exception& error) {
    throw Error(inQuotes(run / kFile) + " is not understood: " + error.what());
  }
}

void writeExtensions(const fs::path& run, const std::vector<Extension>& extensions) {
  std::error_code ignored;
  if (extensions.empty()) return void(fs::remove(run / kFile, ignored));
  Json all = Json::array();
  for (const Extension& one : extensions)
    all.push_back(
        {{"from", one.from}, {"to", one.to}, {"at_step", one.atStep}, {"when", one.when}});
  writeAtomically(run / kFile, all.dump(1) + '\n');
}

std::string rateWords(const Extension& extension, double rate) {
  const auto at = [&](std::int64_t steps) {
    return extension.atStep < steps ? polynomialRate(rate, extension.atStep, steps) : 0.0;
  };
  return "The run is extended from " + std::to_string(extension.from) + " to " +
         std::to_string(extension.to) + " steps. The learning rate now falls to zero at step " +
         std::to_string(extension.to) + " instead of " + std::to_string(extension.from) +
         "; at step " + std::to_string(extension.atStep + 1) + " it is " +
         shortNumber(at(extension.to)) + " instead of " + shortNumber(at(extension.from)) +
         ", so that this is not the run that would have had " + std::to_string(extension.to) +
         " steps from its start.";
}

}  // namespace modascope
