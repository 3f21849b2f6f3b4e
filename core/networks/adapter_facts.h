#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace modascope {

/// What a subset may learn on a frozen network. adapter.cpp makes it.
struct AdapterFacts {
  std::string_view name;   ///< of `adapt --method`
  std::string_view words;  ///< what is learnt, for each subset
  bool hasRank = false;    ///< the rank of what is learnt is a setting
  bool isNetwork = false;  ///< a whole network instead of a few numbers
};

const std::vector<AdapterFacts>& adapterKinds();
/// Throws `Error` naming those that there are.
const AdapterFacts& adapterNamed(std::string_view name);
/// What each learns for a subset: "ssf: scale and shift after every layer; bitfit: …".
std::string wordsOnAdapters();

}  // namespace modascope
