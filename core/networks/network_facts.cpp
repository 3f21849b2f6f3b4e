#include "core/networks/network_facts.h"

#include <algorithm>
#include <iterator>

#include "core/networks/fact_rows.h"

namespace modascope {

const char* wordOf(DataKind data) {
  if (data == DataKind::Volumes) return "volumes";
  return data == DataKind::Features ? "features" : "pictures";
}

const std::vector<NetworkFacts>& networks() {
  static const std::vector<NetworkFacts> rows{
      {.name = "ds-norm",
       .data = DataKind::Volumes,
       .words =
           "a 3D U-Net whose convolutions all modalities share, with normalisation of their own",
       .lateFusion = true,
       .bfloat16 = true,
       .encoder = Passes::OneAModality,
       .decoder = Passes::OneAModality},
      {.name = "ds-encoder",
       .data = DataKind::Volumes,
       .words = "an encoder for each modality, the rest shared",
       .encoder = Passes::OneAModality},
      {.name = "hemis",
       .data = DataKind::Volumes,
       .words = "mean and variance of the modalities' features",
       .encoder = Passes::OneAModality,
       .fusedFeatures = 2},
      {.name = "early-fusion",
       .data = DataKind::Volumes,
       .words = "modalities as channels, a missing one is zeros"},
      {.name = "independent", .data = DataKind::Volumes, .words = "a network for each subset"},
      {.name = "ds-transformer",
       .data = DataKind::Features,
       .words = "a transformer that all modalities share, with projection and normalisation of "
                "their own",
       .lateFusion = true},
      {.name = "early-fusion",
       .data = DataKind::Features,
       .words = "attention among all modalities at once"},
      {.name = "mult",
       .data = DataKind::Features,
       .words = "attention from each modality to each other"},
      {.name = "cmnext-lite",
       .data = DataKind::Pictures,
       .words = "a hierarchical transformer with a branch for all modalities but the first"},
  };
  return rows;
}

std::vector<NetworkFacts> networksOf(DataKind data) {
  std::vector<NetworkFacts> rows;
  std::copy_if(networks().begin(), networks().end(), std::back_inserter(rows),
               [data](const NetworkFacts& row) { return row.data == data; });
  return rows;
}

const NetworkFacts& networkNamed(std::string_view name, Task task) {
  for (const NetworkFacts& row : networks())
    if (row.name == name && row.data == factsOf(task).data) return row;
  throw Error("model.kind is " + inQuotes(name) + "; for " + std::string(keyOf(task)) +
              " there are " + joined(namesOf(networksOf(factsOf(task).data))) + '.');
}

std::vector<std::string> networkNames() {
  std::vector<std::string> names;
  for (std::string& name : namesOf(networks()))
    if (std::find(names.begin(), names.end(), name) == names.end())
      names.push_back(std::move(name));
  return names;
}

std::string wordsOnNetworks() {
  std::vector<std::string> sentences;
  for (const DataKind data : kDataKinds) {
    std::vector<std::string> rows;
    for (const NetworkFacts& row : networksOf(data))
      rows.push_back(std::string(row.name) + ", " + std::string(row.words));
    sentences.push_back(std::string("Of ") + wordOf(data) + ": " + joined(rows, "; ") + '.');
  }
  return joined(sentences, " ");
}

std::string networksWithBFloat16() {
  std::vector<std::string> names;
  for (const NetworkFacts& row : networks())
    if (row.bfloat16) names.emplace_back(row.name);
  return joined(names);
}

}  // namespace modascope
