#pragma once

#include <cstdint>
#include <filesystem>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "core/problem/problem.h"

namespace modascope {

/// The samples of "train", "valid" or "test".
struct FeatureSplit {
  std::string name;
  std::vector<std::string> ids;           ///< unique in the file
  std::vector<std::string> texts;         ///< what was said; empty if the file does not tell
  std::set<std::size_t> unlabelled = {};  ///< those whose label is not finite
  std::size_t size() const { return ids.size(); }
};

/// What lies in a feature file, from headers, ids, labels and masks only.
struct FeatureFileInfo {
  std::filesystem::path file;
  Problem problem;
  std::vector<FeatureSplit> splits;  ///< train first
  std::vector<std::string> notes;
  /// Per split, per sample: the bits of its `ModalitySet`, 0 for none.
  std::vector<std::vector<std::uint8_t>> available;
};

/// Opens an HDF5 file of features. A folder of computational sequences, or one of its files, is
/// opened as csd_folder.h tells. The file's layout:
///
///     /train  /valid  /test    groups; train is needed, valid may be val, validation or dev
///       <modality>             [N, d] or [N, T, d], any type of number; any name not below
///       labels                 [N] or [N, 1]; integers: classes from 0 on, real numbers: values;
///                              of [N, 7] real numbers (MOSEI's) the first column
///       ids                    [N], text or integers; without: "train/000017"
///       raw_text               [N], text; also transcript or text_raw
///       <modality>_absent      [N], 1 where the sample lacks that modality, else 0
///     attribute modalities     "text, audio": which, in which order; without: all, text first
///     /class_names             names of the classes: text [K], or an attribute
///
/// Other data sets of one dimension, those of text, groups, and any whose name begins with "label"
/// are passed over. Only what lies in the file itself is read. A sample lacks a modality where its
/// mask says so, never because it is all zeros. All splits hold the same modalities, with the same
/// T and d. Throws `Error` naming the file, the data set, what was found and what was expected.
FeatureFileInfo inspectFeatures(const std::filesystem::path& file, std::stop_token stop = {});

/// One split in memory.
struct FeatureArrays {
  std::vector<std::vector<float>> modalities;  ///< each [N, steps · width], row by row
  std::vector<float> labels;                   ///< class numbers or values
  std::vector<std::uint8_t> available;         ///< bits of the `ModalitySet`, 0 for none
  std::vector<std::string> ids;
  std::vector<std::string> texts;  ///< empty if the file does not tell
  std::vector<std::string> notes;  ///< of values that were left out on the way
  std::size_t size() const { return ids.size(); }
};

/// Throws `Error` when there is no such split, or when the file changed since it was inspected.
FeatureArrays readFeatures(const FeatureFileInfo& info, const std::string& split,
                           std::stop_token stop = {});

/// A sequence of the CMU Multimodal SDK by its name: .csd, upper or lower case.
bool isSequenceName(const std::filesystem::path& path);

/// Where the split stands in `info.splits`. Throws `Error` when it is not there.
std::size_t placeOfSplit(const FeatureFileInfo& info, const std::string& split);

}  // namespace modascope
