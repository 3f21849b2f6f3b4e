#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/imagefolder/image_folder_info.h"

namespace modascope {

/// Opens a folder in which every modality has a folder of its own:
///
///     rgb/ depth/ …             PNG, JPEG, or NumPy arrays [H, W]; a case has one name in all
///     label/                    also labels, gt, mask(s), annotation(s): grey or palette PNG,
///                               class numbers from 0 on, 255 = does not count
///     train.txt valid.txt …     names of cases, one a line; valid may be val, validation or dev;
///                               also in list_folder/ or splits/. Without: 70, 10 and 20 of 100
///                               cases, by a hash of their names
///     classes.txt               optional: a name a line. "- name" does not count, and the classes
///                               after it move up
///     modalities.txt            optional: names of folders, one a line: which ones, in which order
///
/// Upper and lower case of the folders' names are the same. RGB comes first, the others by name.
/// Also understood: MFNet (images/ with four channels, colour and thermal) and MCubeS (polL_color/,
/// polL_aolp_sin/ and _cos/, polL_dolp/, NIR_warped/, GT/). NYUDv2 as RGB/, HHA/ or Depth/, Label/
/// is the first layout; its 0 stands for pixels without a label, so its classes.txt begins with
/// "- unlabelled".
/// A case lacks a modality when its picture is not there. Transparency is passed over.
/// A broken file costs its scene, which has a `problem` then.
/// Throws `Error` naming the file, what was found and what was expected; also when the files of
/// every labelled scene are broken.
ImageFolderInfo inspectImages(const std::filesystem::path& folder);

/// One case in memory.
struct ImageSample {
  std::string id;
  std::size_t height = 0;
  std::size_t width = 0;
  std::vector<std::vector<float>> modalities;  ///< each [C, H, W]; 0 everywhere if absent
  std::uint8_t available = 0;
  std::vector<std::uint8_t> labels;  ///< [H, W], classes or `kIgnored`; empty if there is no label
};

/// Throws `Error` when there is no such case, or when one of its files is broken.
ImageSample readImages(const ImageFolderInfo& info, const std::string& id);

}  // namespace modascope
