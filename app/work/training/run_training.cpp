#include "app/work/training/run_training.h"

#include "app/work/cohort_examination.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/running/recording.h"
#include "app/work/training/initial_weights.h"
#include "app/work/training/run_validator.h"
#include "app/work/training/step_weight.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/checkpoints/checkpoint.h"
#include "core/train/trainer.h"

namespace modascope {
namespace {

std::shared_ptr<MultimodalModel> networkAtStart(const RunFolder& folder, const RunConfig& config,
                                                const RunManifest& manifest) {
  auto model = makeNetwork(config, manifest);
  if (const auto init = initialWeightsOf(folder)) readWeights(init->file, *model);
  return model;
}

}  // namespace

std::optional<CohortData> examinedData(const std::function<CohortData()>& open,
                                       const TrainingControl& control,
                                       const std::vector<std::string>& splits) {
  try {
    CohortData data = open();
    if (!examine(data, splits, tellingLooks(control.observer), control.stop)) return std::nullopt;
    return data;
  } catch (const Error&) {  // so does reading that is stopped end
    if (control.stop.stop_requested()) return std::nullopt;
    throw;
  }
}

TrainingOutcome trainIn(const RunFolder& folder, const CohortData& data,
                        const TrainingControl& control, bool goOn,
                        std::optional<std::string> weighed) {
  const Stopwatch watch;
  const RunConfig config = folder.config();
  const RunManifest manifest = folder.manifest();
  const double secondsBefore = folder.status().seconds;
  Recording recording(folder, control.observer);
  try {
    recording.onState(RunState::Preparing, "");
    for (const std::string& note : data.notes) recording.onNote(note);
    const auto model = networkAtStart(folder, config, manifest);
    recording.onModel(model->describe());
    if (!weighed) weighed = weighStep(config, manifest.problem, model);
    if (weighed) recording.onNote(*weighed);
    const auto losses = std::make_shared<RunLosses>(folder, data);
    const auto lose = [losses](const CaseInfo& info, const std::string& why) {
      losses->add(info, "train", why);
    };
    Trainer trainer({config, model, makeSampler(config, manifest, data, lose), folder.checkpoints(),
                     makeValidator(config, manifest, model, data, {recording, losses}),
                     manifest.problem.inputs, manifest.problem.task});
    if (goOn) trainer.resume();
    const RunState state = trainer.run(recording, control.pause, control.stop);
    recording.onState(state, "");
    return {folder.path(), state, trainer.step(), secondsBefore + watch.seconds()};
  } catch (const std::exception& error) {
    recording.fail(error.what());
    throw;
  }
}

}  // namespace modascope
