#include "app/work/run_network.h"

#include "app/work/trained_run.h"
#include "core/models/model.h"
#include "core/train/checkpoint.h"
#include "core/train/checkpoint_keeper.h"
#include "core/train/compute.h"

namespace modascope {

std::shared_ptr<MultimodalModel> makeNetwork(const RunConfig& config, const RunManifest& manifest) {
  return makeModel(config, manifest.problem(), chooseDevice(config.compute.device));
}

SegmenterOptions segmenterOptions(const RunConfig& config, const RunManifest& manifest) {
  SegmenterOptions options;
  options.window = config.train.crop;
  options.preprocessing = config.data.preprocessing;
  for (std::size_t a = 0; a < 3; ++a) options.spacing[a] = manifest.spacing.at(a);
  return options;
}

std::string snapshotCheckpoint(std::int64_t step) {
  return snapshotName(step);
}

TrainedRun openTrainedRun(const std::filesystem::path& run, const std::string& checkpoint,
                          const std::string& device) {
  const RunFolder folder = RunFolder::open(run);
  TrainedRun trained{folder.path(), folder.config(), folder.manifest(), {}, 0, {},
                     nullptr,       nullptr};
  trained.config.compute.device = device;  // the run's own may be a GPU that is not here
  if (!chooseDevice(device).is_cpu()) trained.config.compute.precision = "float32";
  setThreads(trained.config.compute.threads);
  const auto model = makeNetwork(trained.config, trained.manifest);
  trained.step = loadWeights(folder.checkpoints(), checkpoint, *model);
  trained.snapshots = snapshotSteps(folder.checkpoints());
  trained.model = model->describe();
  trained.network = model;
  if (trained.manifest.task == Task::Segmentation3d)
    trained.segmenter = std::make_shared<const Segmenter>(
        model, segmenterOptions(trained.config, trained.manifest));
  return trained;
}

}  // namespace modascope
