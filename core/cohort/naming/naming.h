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
  std::string prefix;        ///< the case: what stands before the modality, without the separator
  std::string longerPrefix;  ///< of `<case>_T2_FLAIR` if "T2" ends the case's name; else empty
  std::optional<ModalityId> modality;  ///< of BraTS, or of a problem.toml
  std::optional<int> channel;          ///< nnU-Net's number, 0…9
  bool segmentation = false;
  bool saysBrats2023 = false;
};

/// `.nii` or `.nii.gz`, upper or lower case, not hidden.
bool isNiftiName(const std::filesystem::path& file);
/// The name without `.nii` or `.nii.gz`.
std::string niftiStem(const std::filesystem::path& file);
/// Whether a name looks like that of a volume in any format (.nrrd, .mha, .dcm, "x.nii.gz.part"),
/// so that what is not read is not overlooked either. Hidden ones do not.
bool isVolumeName(const std::filesystem::path& file);
/// The modality stands in the last words of the name, several where they belong together:
/// `<case>_T2_FLAIR`, `<case>_T1_post`, `<case>_ce-gadolinium_T1w`. Nothing if the name names none.
std::optional<NamedFile> parseName(const std::filesystem::path& file);

}  // namespace modascope
