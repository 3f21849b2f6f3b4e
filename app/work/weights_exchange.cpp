#include "app/work/weights_exchange.h"

#include <algorithm>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/cohort_data.h"
#include "app/work/cohort_examination.h"
#include "app/work/run_network.h"
#include "app/work/trained_run.h"
#include "core/adapters/adapted_model.h"
#include "core/base/error.h"
#include "core/base/words.h"
#include "core/checkpoints/checkpoint_keeper.h"
#include "core/checkpoints/foreign_weights.h"
#include "core/compute/compute.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/models/model.h"
#include "core/runs/recording/run_recorder.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {

namespace fs = std::filesystem;

std::vector<TensorFacts> listTensors(const fs::path& file) {
  std::vector<TensorFacts> facts;
  for (const TensorEntry& tensor : readTensorFile(file).tensors)
    facts.push_back({tensor.name, std::string(keyOf(tensor.type)), tensor.shape});
  return facts;
}

namespace {

/// "t1+flair, t1"
std::string namesOf(const AdapterSet& adapters) {
  std::vector<std::string> names;
  for (const ModalitySet set : adapters.subsets())
    names.push_back(joined(keysOf(adapters.schema(), set), "+"));
  return joined(names);
}

std::shared_ptr<const MultimodalModel> foldedNetwork(const WeightsRequest& request) {
  const TrainedRun run = openTrainedRun(request.run, request.checkpoint, "cpu");
  const auto& adapted = dynamic_cast<const AdaptedModel&>(*run.network);
  const std::string there = "it has adapters for " + namesOf(adapted.adapters());
  if (request.subset.empty())
    throw Error("The run in " + inQuotes(request.run) +
                " is an adaptation, whose weights differ from subset to subset: name one with "
                "--subset; " +
                there + ".");
  std::string words = request.subset;
  std::replace(words.begin(), words.end(), '+', ',');
  const ModalitySet set = parseModalities(run.manifest.problem.schema, words);
  if (adapted.adapters().find(set) == nullptr)
    throw Error("The adaptation in " + inQuotes(request.run) + " has no adapter for " +
                inQuotes(request.subset) + "; " + there +
                ". Of other sets the weights are those of the run that it adapts.");
  return adapted.networkFor(set);
}

std::shared_ptr<const MultimodalModel> ownNetwork(const WeightsRequest& request) {
  const RunFolder folder = RunFolder::open(request.run);
  if (!request.subset.empty())
    throw Error("The run in " + inQuotes(request.run) +
                " has one set of weights for all subsets; --subset is for adaptations.");
  auto model = makeNetwork(folder.config(), folder.manifest());
  loadWeights(folder.checkpoints(), request.checkpoint, *model);
  return model;
}

}  // namespace

void exportRunWeights(const WeightsRequest& request) {
  if (isThere(request.out))
    throw Error(inQuotes(request.out) + " exists already; name a file that does not.");
  const NameMap names = NameMap::open(request.map);
  const auto model = isAdaptation(request.run) ? foldedNetwork(request) : ownNetwork(request);
  exportWeights(request.out, names, *model);
}

fs::path importAsRun(const TrainingRequest& request) {
  setThreads(request.config.compute.threads);
  CohortData data = openCohortData(request.data, request.config);
  examine(data, {"train", "valid"});
  const auto [folder, lock] = makeRun(request, data);
  const Unfinished unfinished(folder.path());
  const auto model = makeNetwork(folder.config(), folder.manifest());
  loadWeights(folder.checkpoints(), kInitialWeights, *model);
  writeWeights(folder.checkpoints() / "last.safetensors", *model, {});
  RunRecorder(folder).onState(RunState::Finished, "");
  return folder.path();
}

}  // namespace modascope
