#include "app/work/adapting/kept_scores.h"

#include <algorithm>

#include <nlohmann/json.hpp>

#include "core/files/atomic_file.h"
#include "core/files/bounded_json.h"
#include "core/files/paths.h"

namespace modascope {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::ordered_json;

constexpr const char* kScores = "scores.json";

Json numberOrNull(const std::optional<double>& number) {
  return number ? Json(*number) : Json();
}

std::optional<double> numberFrom(const Json& json) {
  if (json.is_null()) return std::nullopt;
  return json.get<double>();
}

}  // namespace

std::vector<AdaptedSet> keptScores(const fs::path& run) {
  if (!isThere(run / kScores)) return {};
  try {
    std::vector<AdaptedSet> sets;
    for (const Json& one : readOrderedJson(run / kScores)) {
      const auto set = ModalitySet::fromBits(one.at("bits").get<std::uint8_t>());
      sets.push_back({set.value(), one.at("learnt").get<std::int64_t>(),
                      numberFrom(one.at("frozen")), numberFrom(one.at("adapted")), true});
    }
    return sets;
  } catch (const std::exception&) {
    return {};
  }
}

void keepScores(const fs::path& run, const AdaptedSet& set) {
  auto sets = keptScores(run);
  std::erase_if(sets, [&](const AdaptedSet& one) { return one.set == set.set; });
  sets.push_back(set);
  Json all = Json::array();
  for (const AdaptedSet& one : sets)
    all.push_back({{"bits", one.set.bits()},
                   {"learnt", one.learnt},
                   {"frozen", numberOrNull(one.frozen)},
                   {"adapted", numberOrNull(one.adapted)}});
  writeAtomically(run / kScores, all.dump(1) + '\n');
}

AdaptedSet keptOf(const std::vector<AdaptedSet>& kept, ModalitySet set) {
  const auto at = std::find_if(kept.begin(), kept.end(),
                               [set](const AdaptedSet& one) { return one.set == set; });
  return at != kept.end() ? *at : AdaptedSet{set};
}

}  // namespace modascope
