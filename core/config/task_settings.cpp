#include "core/config/task_settings.h"

#include <algorithm>

namespace modascope {
namespace {

using Keys = std::initializer_list<std::string_view>;

bool isOneOf(std::string_view key, Keys keys) {
  return std::find(keys.begin(), keys.end(), key) != keys.end();
}

std::vector<std::string> networksFor(Task task) {
  switch (task) {
    case Task::Segmentation3d:
      return {"ds-norm", "ds-encoder", "early-fusion", "hemis", "independent"};
    case Task::Segmentation2d:
      return {"cmnext-lite"};
    default:
      return {"ds-transformer", "early-fusion", "mult"};
  }
}

std::vector<std::string> lossesFor(Task task) {
  switch (task) {
    case Task::Segmentation3d:
      return {"dice+bce", "dice"};
    case Task::Regression:
      return {"l1", "mse"};
    default:
      return {"cross-entropy"};
  }
}

}  // namespace

bool concerns(std::string_view key, Task task) {
  if (isOneOf(key, {"model.embedding", "model.layers", "model.heads"}))
    return task != Task::Segmentation3d;
  if (isOneOf(key, {"train.crop", "train.flip"})) return !takesFeatures(task);
  if (isOneOf(key, {"model.width", "train.foreground", "data.preprocessing", "data.spacing",
                    "compute.precision"}))
    return task == Task::Segmentation3d;
  return true;
}

std::vector<std::string> choicesFor(std::string_view key, Task task) {
  if (key == "model.kind") return networksFor(task);
  if (key == "train.loss") return lossesFor(task);
  return {};
}

}  // namespace modascope
