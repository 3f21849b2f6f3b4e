#pragma once

#include <filesystem>
#include <stop_token>
#include <string>

#include "core/featurefile/feature_arrays.h"

namespace modascope {

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

/// Throws `Error` when there is no such split, or when the file changed since it was inspected.
FeatureArrays readFeatures(const FeatureFileInfo& info, const std::string& split,
                           std::stop_token stop = {});

}  // namespace modascope
