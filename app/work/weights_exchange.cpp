#include "app/work/weights_exchange.h"

#include "app/work/cohort_data.h"
#include "app/work/run_network.h"
#include "core/base/error.h"
#include "core/base/paths.h"
#include "core/base/unfinished.h"
#include "core/models/model.h"
#include "core/runs/run_recorder.h"
#include "core/tensorfile/tensorfile.h"
#include "core/train/checkpoint_keeper.h"
#include "core/train/compute.h"
#include "core/train/foreign_weights.h"

namespace modascope {

namespace fs = std::filesystem;

std::vector<TensorFacts> listTensors(const fs::path& file) {
  std::vector<TensorFacts> facts;
  for (const TensorEntry& tensor : readTensorFile(file).tensors)
    facts.push_back({tensor.name, std::string(keyOf(tensor.type)), tensor.shape});
  return facts;
}

void exportRunWeights(const fs::path& run, const std::string& checkpoint, const std::string& map,
                      const fs::path& out) {
  if (isThere(out)) throw Error(inQuotes(out) + " exists already; name a file that does not.");
  const NameMap names = NameMap::open(map);
  const RunFolder folder = RunFolder::open(run);
  const auto model = makeNetwork(folder.config(), folder.manifest());
  loadWeights(folder.checkpoints(), checkpoint, *model);
  exportWeights(out, names, *model);
}

fs::path importAsRun(const TrainingRequest& request) {
  setThreads(request.config.compute.threads);
  const CohortData data = openCohortData(request.data, request.config);
  const RunFolder folder = makeRun(request, data);
  const Unfinished unfinished(folder.path());
  const auto model = makeNetwork(folder.config(), folder.manifest());
  loadWeights(folder.checkpoints(), kInitialWeights, *model);
  writeWeights(folder.checkpoints() / "last.safetensors", *model, {});
  RunRecorder(folder).onState(RunState::Finished, "");
  return folder.path();
}

}  // namespace modascope
