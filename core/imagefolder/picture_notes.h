#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "core/imagefolder/image_folder_info.h"

namespace modascope {

/// What is worth saying about the pictures' numbers: NaN, zeros of a sensor that measured nothing
/// (looks at up to 20 pictures a modality), and photographs that a camera has marked as turned.
std::vector<std::string> notesOnPictures(const ImageFolderInfo& info);

/// Whether 0 stands for pixels without a label: in NYUDv2 (RGB, depth or HHA; labels up to 40) and
/// SUN RGB-D (up to 37). `values` is 1 + the largest number.
bool zeroIsUnlabelled(const ImageLayout& layout, std::size_t values);

}  // namespace modascope
