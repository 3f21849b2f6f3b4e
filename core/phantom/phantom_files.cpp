#include <algorithm>
#include <list>
#include <vector>

#include "core/base/error.h"
#include "core/files/atomic_file.h"
#include "core/files/paths.h"
#include "core/files/unfinished.h"
#include "core/phantom/phantom.h"
#include "core/phantom/phantom_prostate.h"
#include "core/problem/brats.h"
#include "core/volume/volume_io.h"

namespace modascope {
namespace fs = std::filesystem;
namespace {

constexpr const char *kProblem = "problem.toml", *kSplit = "split.json";

fs::path fileOf(const std::string& id, const std::string& what) {
  return fs::path(id) / (id + "_" + what + ".nii.gz");
}

/// The last fifth, at least one, is kept for validation. A single case serves for both.
Splits splitsFor(const PhantomOptions& options) {
  const int valid = std::max(1, options.cases / 5);
  Splits splits;
  for (int i = 0; i < options.cases; ++i) {
    if (i >= options.cases - valid) splits["valid"].push_back(phantomId(i));
    if (i < options.cases - valid || options.cases == 1) splits["train"].push_back(phantomId(i));
  }
  return splits;
}

std::string jsonOf(const Splits& splits) {
  std::string text;
  for (const auto& [name, ids] : splits) {
    text += (text.empty() ? "{\n " : ",\n ") + inQuotes(name) + ": [";
    for (const auto& id : ids) text += (&id == &ids.front() ? "" : ", ") + inQuotes(id);
    text += "]";
  }
  return text + "\n}\n";
}

Problem problemOf(PhantomOrgan organ) {
  return organ == PhantomOrgan::Prostate ? prostateProblem() : bratsProblem();
}

CaseInfo describe(const std::string& id, PhantomOrgan organ) {
  const Problem problem = problemOf(organ);
  CaseInfo info;
  info.id = id;
  info.regions = problem.regions;
  info.profileStated = organ != PhantomOrgan::Brain;
  info.profile = info.profileStated ? LabelProfile::Stated : LabelProfile::Brats2021;
  for (const auto& modality : problem.schema.modalities()) {
    info.modalities.push_back({Presence::Present, fileOf(id, modality.key), 0});
  }
  info.segmentationPresence = Presence::Present;
  info.segmentation = fileOf(id, "seg");
  return info;
}

void writeCase(const Case& patient, const CaseInfo& info, const fs::path& folder) {
  for (std::size_t m = 0; m < patient.modalities.size(); ++m) {
    writeVolume(folder / info.modalities[m].file, *patient.modalities[m]);
  }
  writeLabels(folder / info.segmentation, *patient.labels, patient.profile);
}

/// What was not there before is taken away again when the writing fails, or the program is asked to
/// end, before all is there.
class HalfMade {
 public:
  HalfMade(const fs::path& folder, const Cohort& cohort) {
    add(folder);
    for (const char* file : {kProblem, kSplit}) add(folder / file);
    for (const CaseInfo& info : cohort.cases) add(folder / info.id);
  }
  ~HalfMade() {
    std::error_code ignored;
    if (!whole_)
      for (const fs::path& part : parts_) fs::remove_all(part, ignored);
  }
  HalfMade(const HalfMade&) = delete;
  HalfMade& operator=(const HalfMade&) = delete;

  void isWhole() { whole_ = true; }

 private:
  void add(const fs::path& part) {
    if (isThere(part)) return;
    parts_.push_back(part);
    unfinished_.emplace_back(part);
  }

  std::vector<fs::path> parts_;
  std::list<Unfinished> unfinished_;
  bool whole_ = false;
};

void requireNothingIn(const fs::path& folder) {
  if (!entriesOf(folder).empty())
    throw Error("The folder " + inQuotes(folder) +
                " holds something already; name a new or an empty one.");
}

void makeFolder(const fs::path& folder) {
  std::error_code code;
  fs::create_directories(folder, code);
  if (code) {
    throw Error("The folder " + inQuotes(folder) + " cannot be used: " + code.message() + ".",
                Fault::System);
  }
}

void check(const PhantomOptions& options) {
  if (options.cases < 1 || options.cases > 999) {
    throw Error("A phantom cohort has 1 to 999 cases; " + std::to_string(options.cases) +
                " were asked for.");
  }
}

}  // namespace

Cohort phantomCohort(const PhantomOptions& options) {
  check(options);
  Cohort cohort(problemOf(options.organ));
  for (int i = 0; i < options.cases; ++i)
    cohort.cases.push_back(describe(phantomId(i), options.organ));
  cohort.splits = splitsFor(options);
  return cohort;
}

void writePhantomCohort(const PhantomOptions& options, const fs::path& folder) {
  const Cohort cohort = phantomCohort(options);
  Case patient = makePhantom(options, 0);  // refuses bad options before anything is made
  requireNothingIn(folder);
  HalfMade halfMade(folder, cohort);
  makeFolder(folder);
  if (options.organ == PhantomOrgan::Prostate) writeAtomically(folder / kProblem, prostateToml());
  writeAtomically(folder / kSplit, jsonOf(*cohort.splits));
  for (int i = 0; i < options.cases; ++i) {
    if (i > 0) patient = makePhantom(options, i);
    writeCase(patient, cohort.cases[static_cast<std::size_t>(i)], folder);
  }
  halfMade.isWhole();
}

}  // namespace modascope
