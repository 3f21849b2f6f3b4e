#include "app/work/cohort_data.h"

#include "core/base/error.h"
#include "core/base/fingerprint.h"

namespace modascope {

std::vector<CaseInfo> CohortData::labelled(const std::string& split) const {
  const auto ids = splits.find(split);
  if (ids == splits.end()) {
    std::string names;
    for (const auto& [name, members] : splits) names += (names.empty() ? "" : ", ") + name;
    throw Error("There is no split '" + split + "' in " + cohort.folder.string() + "; there is " +
                names + ".");
  }
  std::vector<CaseInfo> cases;
  for (const std::string& id : ids->second) {
    const CaseInfo* info = cohort.find(id);
    if (info == nullptr)
      throw Error("Split '" + split + "' names case " + id + ", which is not in " +
                  cohort.folder.string() + ".");
    if (info->usable() && info->segmentationPresence == Presence::Present) cases.push_back(*info);
  }
  if (cases.empty())
    throw Error("Split '" + split + "' of " + cohort.folder.string() +
                " holds no usable case with a segmentation.");
  return cases;
}

CohortData openCohortData(const std::filesystem::path& data, std::uint64_t seed) {
  CohortData all{openCohort(data), {}, {}};
  all.splits = splitsOf(all.cohort, seed, all.notes);
  for (const CaseInfo& info : all.cohort.cases)
    if (!info.usable())
      all.notes.push_back(info.id + " is left out: " +
                          (info.notes.empty() ? "no reason given" : info.notes.back()));
  return all;
}

std::string fingerprintOf(const std::vector<CaseInfo>& cases) {
  std::string facts;
  const auto add = [&](const std::filesystem::path& file) {
    if (!file.empty() && std::filesystem::is_regular_file(file))
      facts +=
          file.filename().string() + ':' + std::to_string(std::filesystem::file_size(file)) + '\n';
  };
  for (const CaseInfo& info : cases) {
    facts += info.id + '\n';
    for (const ModalityFile& modality : info.modalities) add(modality.file);
    add(info.segmentation);
  }
  return toHex(fnv1a(facts));
}

}  // namespace modascope
