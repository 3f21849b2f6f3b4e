#include "core/config/config_keys.h"
#include "core/config/task_settings.h"
#include "core/networks/fact_rows.h"
#include "core/networks/network_facts.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

/// The papers' released training script, as far as it is known; its number of steps is not, so it
/// stays as it is here.
RunConfig paper() {
  RunConfig config;
  config.model.width = 0.5;
  config.train.method = "gmd";
  config.train.loss = "dice";
  config.train.lr = 8e-4;
  config.train.weightDecay = 1e-5;
  config.train.batch = 4;
  config.train.crop = 128;
  config.train.flip = 0.5;
  config.train.foreground = 0;
  config.gmd.merge = "mean";
  config.gmd.conflictOver = "all";
  config.data.preprocessing = "minmax";
  return config;
}

struct Preset {
  std::string_view name;
  RunConfig (*make)();
  bool ofVolumesOnly = false;
};

const std::vector<Preset>& presets() {
  static const std::vector<Preset> rows{{"default", [] { return RunConfig{}; }},
                                        {"paper", paper, true}};
  return rows;
}

}  // namespace

RunConfig standardFor(Task task) {
  RunConfig config;
  const DataKind data = factsOf(task).data;
  config.model.kind = networksOf(data).front().name;
  if (data == DataKind::Volumes) return config;
  config.train.loss = choicesFor("train.loss", task).front();
  config.train.weightDecay = 1e-4;
  config.train.lr = 1e-3;
  if (data == DataKind::Pictures) {
    config.train.batch = 4;
    config.train.crop = 224;
    return config;
  }
  config.train.batch = 32;
  config.train.validateEvery = 100;
  return config;
}

RunConfig preset(std::string_view name) {
  return rowNamed(presets(), name, "preset").make();
}

std::vector<std::string> presetNames(Task task) {
  std::vector<std::string> names;
  for (const Preset& row : presets())
    if (!row.ofVolumesOnly || factsOf(task).data == DataKind::Volumes) names.emplace_back(row.name);
  return names;
}

}  // namespace modascope
