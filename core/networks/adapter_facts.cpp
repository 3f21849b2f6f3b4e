#include "core/networks/adapter_facts.h"

#include "core/networks/fact_rows.h"

namespace modascope {

const std::vector<AdapterFacts>& adapterKinds() {
  static const std::vector<AdapterFacts> rows{
      {.name = "ssf", .words = "scale and shift after every layer"},
      {.name = "bitfit", .words = "a shift after every layer"},
      {.name = "lora",
       .words = "a product of two thin matrices, added to the weights of every layer",
       .hasRank = true},
      {.name = "norm", .words = "scale and shift of the normalisations"},
      {.name = "dedicated", .words = "a whole network", .isNetwork = true},
  };
  return rows;
}

const AdapterFacts& adapterNamed(std::string_view name) {
  return rowNamed(adapterKinds(), name, "adapter");
}

std::string wordsOnAdapters() {
  std::vector<std::string> all;
  for (const AdapterFacts& row : adapterKinds())
    all.push_back(std::string(row.name) + ": " + std::string(row.words));
  return joined(all, "; ");
}

}  // namespace modascope
