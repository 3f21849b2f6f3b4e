#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/cohort/splits/patients.h"
#include "core/modality/modality.h"
#include "core/problem/problem.h"
#include "core/volume/labels.h"

namespace modascope {

enum class Presence { Present, Absent, Unreadable };
/// Ok and Warn are usable; Excluded is not, and its last note says why.
enum class Verdict { Ok, Warn, Excluded };

std::string_view keyOf(Presence presence);  // "present"
std::string_view keyOf(Verdict verdict);    // "ok"

/// One modality's file. `component` is its place in a 4D file, 0 otherwise.
struct ModalityFile {
  Presence presence = Presence::Absent;
  std::filesystem::path file;
  int component = 0;
};

/// What a folder (or a 4D file) holds, from names and headers.
struct CaseInfo {
  std::string id;
  std::vector<ModalityFile> modalities;  ///< one per modality of the schema, in its order
  Presence segmentationPresence = Presence::Absent;
  std::filesystem::path segmentation;
  LabelProfile profile = LabelProfile::Stated;
  bool profileStated = false;  ///< by a dataset.json: values may not overrule it
  RegionSchema regions = {};   ///< whose labels the segmentation has; none where it has no labels
  Verdict verdict = Verdict::Ok;
  std::vector<std::string> notes;
  /// Further files that its numbers come from, such as the second part of a modality.
  std::vector<std::filesystem::path> otherFiles = {};

  bool usable() const { return verdict != Verdict::Excluded; }
  /// Usable, and its truth is known.
  bool labelled() const { return usable() && segmentationPresence == Presence::Present; }
  /// Nothing if none is present.
  std::optional<ModalitySet> available() const;
};

/// Split name ("train", "valid", …) → case ids.
using Splits = std::map<std::string, std::vector<std::string>>;

struct Cohort {
  explicit Cohort(Problem about) : problem(std::move(about)) {}

  Problem problem;
  std::filesystem::path folder;
  std::vector<CaseInfo> cases;  ///< sorted by id
  /// From split.json or the file, where it has some; of folds the first.
  std::optional<Splits> splits;
  std::vector<Splits> folds;       ///< those that split.json lists; empty where it lists none
  std::string splitSource;         ///< "split.json"; empty where nothing is stated
  bool splitsByHash = false;       ///< made of the names, for want of lists
  std::vector<std::string> notes;  ///< of the data as a whole
  /// Files that decide what the cases' own files mean, such as classes.txt.
  std::vector<std::filesystem::path> commonFiles = {};

  const CaseInfo* find(const std::string& id) const;
};

/// What a path is about, from its kind and headers alone.
Task taskOf(const std::filesystem::path& path);

/// How thoroughly to look: `Headers` opens each file's header, `Voxels` reads everything (check).
enum class Depth { Headers, Voxels };

/// A folder of case folders, one case folder, a 4D file, a file of features or a folder of
/// pictures. Throws `Error` when
/// there is nothing that looks like a case, or when split.json is not understood.
Cohort openCohort(const std::filesystem::path& path, Depth depth = Depth::Headers);
/// What the volumes at a path are about: as a problem.toml says, else BraTS.
Problem volumeProblemAt(const std::filesystem::path& path);
/// One case: its folder or its 4D file.
CaseInfo openCase(const std::filesystem::path& path, Depth depth = Depth::Headers);

/// The split of the cohort's file, or one made from the seed: the cases of a fifth (at least one)
/// of the patients is "valid", the rest "train", of the usable cases that have a segmentation. A
/// cohort of one case validates on the case that it trains on, and says so in `notes`, as it does
/// of cases that are not there, of patients on both sides, and where nothing is left to validate.
Splits splitsOf(const Cohort& cohort, std::uint64_t seed, std::vector<std::string>& notes,
                const PatientRule& patients = PatientRule());

/// Cross-validation: `count` parts, of which the one numbered `held` validates. Count 0 is none.
struct Folds {
  std::int64_t count = 0;
  std::int64_t held = 0;
  bool operator==(const Folds&) const = default;
};

/// The cases that train and validate otherwise, dealt by patient into folds of as equal size as can
/// be: one is "valid", the rest "train"; other parts of the cohort's split stay. The cases alone
/// decide who goes where, so that runs of every seed and method share their folds. Where the
/// cohort's file lists folds, it is one of those. Throws `Error` when there are fewer than two
/// folds, fewer patients than folds, another number of folds than are listed, or no fold of that
/// number.
Splits foldSplits(const Cohort& cohort, const Folds& folds, std::vector<std::string>& notes,
                  const PatientRule& patients = PatientRule());

}  // namespace modascope
