#include "app/work/training/training.h"

#include "app/work/data_identity.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/training/run_training.h"
#include "app/work/training/step_weight.h"
#include "core/base/error.h"
#include "core/checkpoints/checkpoint.h"
#include "core/checkpoints/foreign_weights.h"
#include "core/compute/compute.h"
#include "core/files/unfinished.h"
#include "core/models/model.h"
#include "core/runs/run_lock.h"
#include "core/train/gradient_method.h"

namespace modascope {

HeldRun makeRun(const TrainingRequest& request, const CohortData& data) {
  RunManifest manifest = describeRun(request.data, request.config, data);
  const auto model = makeNetwork(request.config, manifest);
  // Refused before a folder is made.
  static_cast<void>(GradientMethod(request.config, model));
  if (request.init) importWeights(request.init->file, NameMap::open(request.init->map), *model);
  std::optional<RunLock> lock;
  const RunFolder folder = RunFolder::create(
      request.runs, request.config, [&](const std::filesystem::path& made) { lock.emplace(made); });
  const Unfinished unfinished(folder.path());
  if (request.init) writeWeights(initialWeightsFile(folder), *model, {});
  manifest.id = folder.path().filename().string();
  manifest.parameters = model->layout().total();
  folder.writeManifest(manifest);
  writeDataFiles(folder, data);
  return {folder, std::move(*lock)};
}

TrainingOutcome startTraining(const TrainingRequest& request, const TrainingControl& control) {
  setThreads(request.config.compute.threads);
  auto opened = examinedData(
      [&] { return openCohortData(request.data, request.config, control.stop); }, control);
  if (!opened) return {{}, RunState::Interrupted, 0, 0};
  CohortData& data = *opened;
  const auto weighed = weighNewRun(request.config, data.cohort.problem);
  const auto [folder, lock] = makeRun(request, data);
  if (const auto caution = lock.caution()) data.notes.push_back(*caution);
  if (request.init)
    data.notes.push_back("It starts from the weights in " + inQuotes(request.init->file) + ".");
  if (control.onFolder) control.onFolder(folder.path());
  return trainIn(folder, data, control, false, weighed);
}

}  // namespace modascope
