#include "core/metrics/subset_outputs.h"

#include <algorithm>
#include <cmath>

#include "core/problem/task_facts.h"

namespace modascope {

const std::vector<double>* SubsetOutputs::of(ModalitySet set) const {
  const auto found = std::find_if(each.begin(), each.end(),
                                  [set](const auto& entry) { return entry.first == set; });
  return found == each.end() ? nullptr : &found->second;
}

std::size_t classOf(const std::vector<double>& probabilities) {
  const auto most = std::max_element(probabilities.begin(), probabilities.end());
  return static_cast<std::size_t>(most - probabilities.begin());
}

Contributions contributionsTo(const SubsetOutputs& outputs, const std::vector<double>& none) {
  const bool classes = !factsOf(outputs.problem.task).isNumber();
  const std::size_t k = classes ? classOf(*outputs.of(outputs.available)) : 0;
  return contributions(outputs.available, [&](std::optional<ModalitySet> set) {
    return set ? (*outputs.of(*set))[k] : none[k];
  });
}

SubsetTable tableOfSample(const SubsetOutputs& outputs, double truth) {
  const bool classes = !factsOf(outputs.problem.task).isNumber();
  SubsetTable table{outputs.problem.schema, {"prediction", "error"}, {}};
  if (classes) table.columns = {"prediction", "probability", "probability_true", "correct"};
  table.task = outputs.problem.task;
  for (const auto& [set, values] : outputs.each) {
    std::vector<double> scores{values.front(), std::abs(values.front() - truth)};
    if (classes) {
      const auto label = static_cast<std::size_t>(truth);
      const std::size_t predicted = classOf(values);
      scores = {static_cast<double>(predicted), values[predicted], values[label],
                predicted == label ? 1.0 : 0.0};
    }
    table.rows.push_back({set, scores, 1});
  }
  return table;
}

}  // namespace modascope
