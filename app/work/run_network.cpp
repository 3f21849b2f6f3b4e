#include "app/work/run_network.h"

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adaptation_report.h"
#include "app/work/trained_run.h"
#include "core/adapters/adapted_model.h"
#include "core/adapters/adapter_file.h"
#include "core/base/error.h"
#include "core/checkpoints/checkpoint.h"
#include "core/checkpoints/checkpoint_keeper.h"
#include "core/compute/compute.h"
#include "core/files/paths.h"
#include "core/inference/make_predictor.h"
#include "core/inference/volumes/volume_predictor.h"
#include "core/models/factory/model_factory.h"
#include "core/problem/task_facts.h"

namespace modascope {

std::shared_ptr<MultimodalModel> makeNetwork(const RunConfig& config, const RunManifest& manifest) {
  return makeModel(config, manifest.problem, chooseDevice(config.compute.device));
}

std::shared_ptr<const Predictor> predictorOf(std::shared_ptr<const MultimodalModel> network,
                                             const RunConfig& config, const RunManifest& manifest) {
  return makePredictor(std::move(network), config, manifest.fit(), manifest.problem);
}

const VolumePredictor& volumePredictorOf(const TrainedRun& run) {
  if (factsOf(run.manifest.problem.task).data != DataKind::Volumes)
    throw Error("The run in " + inQuotes(run.folder) + " is for " +
                std::string(keyOf(run.manifest.problem.task)) +
                "; this command looks at volumes. Try `modascope evaluate`, or the window.");
  return volumePredictorOf(*run.predictor);
}

bool hasNetwork(const std::filesystem::path& run) {
  return isThere(run / "checkpoints" / "last.safetensors") || isWholeAdaptation(run);
}

std::string snapshotCheckpoint(std::int64_t step) {
  return snapshotName(step);
}

namespace {

/// The base's network with the adapters.
TrainedRun openAdaptation(const RunFolder& folder, const std::string& device) {
  const AdaptationReport report = readAdaptation(folder.path());
  TrainedRun trained = openTrainedRun(baseOf(folder.path(), report), report.checkpoint, device);
  trained.folder = folder.path();
  trained.manifest = folder.manifest();
  trained.snapshots.clear();
  const auto network = std::make_shared<const AdaptedModel>(
      trained.network, readAdapters(adaptersFile(folder.path()), *trained.network));
  trained.network = network;
  trained.model = network->describe();
  trained.predictor = predictorOf(network, trained.config, trained.manifest);
  return trained;
}

}  // namespace

TrainedRun openTrainedRun(const std::filesystem::path& run, const std::string& checkpoint,
                          const std::string& device) {
  const RunFolder folder = RunFolder::open(run);
  if (isAdaptation(run)) return openAdaptation(folder, device);
  RunConfig config = folder.config();
  config.compute.device = device;  // the run's own may be a GPU that is not here
  if (!chooseDevice(device).is_cpu()) config.compute.precision = "float32";
  setThreads(config.compute.threads);
  const RunManifest manifest = folder.manifest();
  const auto model = makeNetwork(config, manifest);
  const std::int64_t step = loadWeights(folder.checkpoints(), checkpoint, *model);
  return {folder.path(), config,
          manifest,      model->describe(),
          step,          snapshotSteps(folder.checkpoints()),
          model,         predictorOf(model, config, manifest)};
}

}  // namespace modascope
