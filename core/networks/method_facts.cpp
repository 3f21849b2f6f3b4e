#include "core/networks/method_facts.h"

#include "core/networks/fact_rows.h"

namespace modascope {

const std::vector<MethodFacts>& gradientMethods() {
  static const std::vector<MethodFacts> rows{
      {.name = "joint", .words = "takes the mean of the losses of all subsets of modalities"},
      {.name = "gmd",
       .words = "takes the conflicts out of their gradients first",
       .decouples = true},
      {.name = "modality-dropout",
       .words = "draws one subset for each case of a batch",
       .dropsModalities = true},
  };
  return rows;
}

const MethodFacts& gradientMethodNamed(std::string_view name) {
  return rowNamed(gradientMethods(), name, "train.method");
}

std::string wordsOnGradientMethods() {
  std::vector<std::string> all;
  for (const MethodFacts& row : gradientMethods())
    all.push_back(std::string(row.name) + ' ' + std::string(row.words));
  return joined(all, "; ") + '.';
}

}  // namespace modascope
