#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "core/modality/modality.h"
#include "core/volume/labels.h"

namespace modascope {

/// How a case's files are named: `<case>_t1ce`, `<case>-t1c`, `<case>_0001`, or one 4D file.
enum class NamingScheme { Brats2021, Brats2023, NnUnet, Msd };
/// The numbering of labels that goes with it.
LabelProfile profileOf(NamingScheme scheme);

/// What a file's name says. Exactly one of `modality`, `channel` and `segmentation` is set.
struct NamedFile {
  std::filesystem::path file;
  std::string prefix;  ///< the case: what stands before the modality, without the separator
  std::optional<ModalityId> modality;  ///< in `ModalitySchema::brats()`
  std::optional<int> channel;          ///< nnU-Net's 0…3
  bool segmentation = false;
  bool saysBrats2023 = false;
};

/// `.nii` or `.nii.gz`, upper or lower case, not hidden.
bool isNiftiName(const std::filesystem::path& file);
/// The name without `.nii` or `.nii.gz`.
std::string niftiStem(const std::filesystem::path& file);
/// Nothing if the name names no modality.
std::optional<NamedFile> parseName(const std::filesystem::path& file);
/// "T1gd" → T1ce: any of the names that a modality goes by; nothing if it is none of them.
std::optional<ModalityId> modalityNamed(std::string_view word);
std::string lowerCase(std::string_view text);

}  // namespace modascope
