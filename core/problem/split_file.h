#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace modascope {

/// What a file says of the parts of a cohort: part → names as they stand there (ids, paths, numbers
/// as text), without those that are empty.
struct SplitFile {
  using Parts = std::map<std::string, std::vector<std::string>>;

  std::filesystem::path file;
  std::vector<Parts> folds;  ///< at least one; more than one of a list for cross-validation
  std::vector<std::string> notes;
};

/// split.json, splits.json, or nnU-Net's splits_final.json in the folder (of imagesTr also beside
/// it). Understood are
///
///     {"train": ["case", …], "val": […], …}            names as `standardSplit` knows them
///     [{"train": […], "val": […]}, …]                  folds, as nnU-Net lists them
///     {"fold_0": {"train": …}, …}, {"folds": […], "test": […]}
///     {"case": "train", …}                             each case's part
///     {"training": [{"image": …, "fold": 0}, …], …}    MONAI's lists, with folds or without
///
/// Parts of other names stay, and are noted. Nothing where there is no such file; throws `Error`
/// saying what was found when it is not understood.
std::optional<SplitFile> readSplitFile(const std::filesystem::path& folder);

/// One part as its file states it.
struct StatedPart {
  std::string name;  ///< "train"
  std::filesystem::path file;
  std::vector<std::string> entries;
};

/// Those of train, valid and test, in this order, of the folder's lists (split_lists.h), or else of
/// its split.json. Throws `Error` when a list cannot be read, or when split.json lists folds: the
/// folds of pictures and videos are dealt by data.folds.
std::vector<StatedPart> statedParts(const std::filesystem::path& folder,
                                    std::vector<std::string>& notes);

}  // namespace modascope
