#include "core/cohort/layout/stray_volumes.h"

#include <algorithm>
#include <map>

#include "core/base/lower_case.h"
#include "core/base/words.h"
#include "core/cohort/naming/naming.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Volumes = std::vector<fs::path>;

/// Which volumes go to which case, by its place among them; and those that go to none.
struct Shares {
  std::map<std::size_t, Volumes> ofCases;
  Volumes strangers;
};

Shares sharesOf(const Volumes& volumes, const std::vector<CaseFiles>& cases) {
  Shares shares;
  for (const fs::path& file : volumes) {
    std::size_t best = cases.size();
    for (std::size_t i = 0; i < cases.size(); ++i)
      if (belongsTo(file, cases[i].id) &&
          (best == cases.size() || cases[i].id.size() > cases[best].id.size()))
        best = i;
    (best < cases.size() ? shares.ofCases[best] : shares.strangers).push_back(file);
  }
  return shares;
}

/// Of files in other formats, which may be the slices of a volume, only the first is named.
void addStrangers(const Volumes& strangers,
                  const std::function<std::string(const fs::path&)>& reason,
                  std::vector<CaseFiles>& cases) {
  std::size_t foreign = 0;
  for (const fs::path& file : strangers) {
    if (!isNiftiName(file) && ++foreign > 1) continue;
    cases.push_back(emptyCase(niftiStem(file), file));
    cases.back().problem =
        file.string() + " was passed over: " + (isNiftiName(file) ? reason(file) : kOtherFormat) +
        ".";
  }
  if (foreign > 1)
    cases.back().problem += " So were " + std::to_string(foreign - 1) + " more volumes.";
}

void noteOutside(CaseFiles& files, const Volumes& volumes) {
  std::vector<std::string> names;
  for (const fs::path& file : volumes) names.push_back(file.filename().string());
  const bool complete =
      files.segmentation && std::all_of(files.modalities.begin(), files.modalities.end(),
                                        [](const auto& modality) { return modality.has_value(); });
  (complete ? files.remarks : files.warnings)
      .push_back(joined(names) +
                 (names.size() == 1 ? " was passed over: it lies" : " were passed over: they lie") +
                 " beside the folder of " + files.id + ", not in it.");
}

}  // namespace

bool belongsTo(const fs::path& file, const std::string& id) {
  const std::string name = lowerCase(file.filename().string());
  constexpr std::string_view kBorders = "_-. (";
  return name.size() > id.size() && name.starts_with(lowerCase(id)) &&
         kBorders.find(name[id.size()]) != std::string_view::npos;
}

void shareVolumes(const Volumes& volumes, const StrayWords& words, std::vector<CaseFiles>& cases) {
  const Shares shares = sharesOf(volumes, cases);
  for (const auto& [index, own] : shares.ofCases) words.note(cases[index], own);
  addStrangers(shares.strangers, words.reason, cases);
}

void noteVolumesOutside(const Volumes& volumes, std::vector<CaseFiles>& cases) {
  const Shares shares = sharesOf(volumes, cases);
  for (const auto& [index, own] : shares.ofCases) noteOutside(cases[index], own);
  addStrangers(
      shares.strangers,
      [](const fs::path&) { return "it lies beside the folders of the cases, in none of them"; },
      cases);
}

void noteFolder(CaseFiles& files, const fs::path& folder) {
  files.remarks.push_back("The volumes in its folder " + folder.filename().string() +
                          " were passed over.");
}

}  // namespace modascope
