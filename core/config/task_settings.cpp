#include "core/config/task_settings.h"

#include <algorithm>

#include "core/networks/fact_rows.h"
#include "core/networks/network_facts.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

using Keys = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view key, Keys keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<std::string> lossesFor(Task task) {
  switch (factsOf(task).output) {
    case OutputKind::Regions:
      return {"dice+bce", "dice"};
    case OutputKind::OneNumber:
      return {"l1", "mse"};
    default:
      return {"cross-entropy"};
  }
}

}  // namespace

bool concerns(std::string_view key, Task task) {
  const bool volumes = factsOf(task).data == DataKind::Volumes;
  if (isOneOf(key, {"model.embedding", "model.layers", "model.heads"})) return !volumes;
  if (isOneOf(key, {"train.crop", "train.flip"})) return factsOf(task).axes > 0;
  if (isOneOf(key, {"model.width", "train.foreground", "data.preprocessing", "data.spacing",
                    "compute.precision"}))
    return volumes;
  return true;
}

std::vector<std::string> choicesFor(std::string_view key, Task task) {
  if (key == "model.kind") return namesOf(networksOf(factsOf(task).data));
  if (key == "train.loss") return lossesFor(task);
  return {};
}

}  // namespace modascope
