#include "core/problem/problem.h"

#include <utility>

#include "core/problem/brats.h"
#include "core/problem/task_facts.h"

namespace modascope {

Problem volumeProblem(const ModalitySchema& schema, const RegionSchema& regions) {
  return {kDefaultTask, schema, InputLayout::singleChannels(schema.size()), regions.keys(),
          regions};
}

Problem volumeProblem(const ModalitySchema& schema, std::vector<std::string> outputs) {
  Problem problem = volumeProblem(schema, bratsRegions());
  problem.outputs = std::move(outputs);
  return problem;
}

std::optional<Problem> askedFor(const Problem& data, Task task) {
  if (data.task == task) return data;
  const bool asNumbers =
      factsOf(data.task).output == OutputKind::OneClass && factsOf(task).isNumber();
  if (!asNumbers) return std::nullopt;
  return Problem{task, data.schema, data.inputs, {"value"}};
}

}  // namespace modascope
