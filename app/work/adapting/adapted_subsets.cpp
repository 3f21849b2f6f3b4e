#include "app/work/adapting/adapted_subsets.h"

#include <algorithm>
#include <array>
#include <sstream>
#include <string_view>

#include "core/base/error.h"
#include "core/train/subset_choice.h"

namespace modascope {
namespace {

constexpr std::array<std::string_view, 4> kNamed{"all", "singletons", "pairs", "leave-one-out"};

}  // namespace

std::vector<ModalitySet> subsetsToAdapt(const ModalitySchema& schema, const std::string& words) {
  std::vector<ModalitySet> subsets;
  if (std::find(kNamed.begin(), kNamed.end(), words) != kNamed.end()) {
    subsets = namedSubsets(schema, words);
    std::erase(subsets, schema.all());
  } else {
    std::stringstream rest(words);
    for (std::string word; std::getline(rest, word, ',');) {
      std::replace(word.begin(), word.end(), '+', ',');
      const ModalitySet set = parseModalities(schema, word);
      if (std::find(subsets.begin(), subsets.end(), set) == subsets.end()) subsets.push_back(set);
    }
  }
  if (subsets.empty() || std::find(subsets.begin(), subsets.end(), schema.all()) != subsets.end())
    throw Error(inQuotes(words) + " names no set that lacks a modality, or " +
                labelOf(schema, schema.all()) + ", which needs no adapter.");
  return subsets;
}

}  // namespace modascope
