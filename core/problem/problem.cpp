#include "core/problem/problem.h"

#include "core/problem/task_facts.h"

namespace modascope {

Problem volumeProblem(const ModalitySchema& schema, const RegionSchema& regions) {
  return {kDefaultTask, schema, InputLayout::singleChannels(schema.size()), regions.keys(),
          regions};
}

std::optional<Problem> askedFor(const Problem& data, Task task) {
  if (data.task == task) return data;
  const bool asNumbers =
      factsOf(data.task).output == OutputKind::OneClass && factsOf(task).isNumber();
  if (!asNumbers) return std::nullopt;
  return Problem{task, data.schema, data.inputs, {"value"}};
}

}  // namespace modascope
