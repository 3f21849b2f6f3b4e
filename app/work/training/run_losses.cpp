#include "app/work/training/run_losses.h"

#include "app/work/data_identity.h"

namespace modascope {

RunLosses::RunLosses(RunFolder folder, CohortData data)
    : folder_(std::move(folder)), data_(std::move(data)) {}

void RunLosses::add(const CaseInfo& lost, const std::string& split, const std::string& reason) {
  RunManifest manifest = folder_.manifest();
  const RunManifest before = manifest;
  for (CaseInfo& info : data_.cohort.cases)
    if (info.id == lost.id) info.verdict = Verdict::Excluded;
  describeData(data_, manifest);
  manifest.splits = before.splits;
  manifest.leftOut = before.leftOut;
  manifest.dataLayout = before.dataLayout;  // by which a copy of the data is known
  manifest.leftOut.push_back({lost.id, split, reason, true});
  folder_.writeManifest(manifest);
  writeDataFiles(folder_, data_);
}

}  // namespace modascope
