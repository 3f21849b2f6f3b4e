#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace modascope {

/// "seq1/0001" → file, for all pictures below, without what systems leave behind. Empty if there is
/// no such folder. A name that leads to no file costs its picture, with a note.
std::map<std::string, std::filesystem::path> picturesBelow(const std::filesystem::path& folder,
                                                           std::vector<std::string>& notes);
std::map<std::string, std::filesystem::path> picturesBelow(const std::filesystem::path& folder);

/// Which of the folders of pictures beside the labels are modalities, and why the others are not.
struct ModalityFolders {
  std::vector<std::string> names;
  std::vector<std::string> notes;
};

/// Of the folders that hold pictures: without those called as results are (predictions, overlay, …)
/// and those none of whose pictures has the name of a label; but if that leaves none, all of them.
ModalityFolders modalityFolders(const std::filesystem::path& folder,
                                const std::vector<std::string>& candidates,
                                const std::string& labelFolder);

/// Throws `Error` for BraTS as RFNet and mmFormer prepare it (vol/<case>_vol.npy, seg/…): arrays of
/// volumes, which are no pictures. Looks into the folder, its folder vol, and that of each folder
/// in it.
void refusePreparedVolumes(const std::filesystem::path& folder);

}  // namespace modascope
