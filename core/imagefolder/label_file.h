#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/imagefolder/picture.h"

namespace modascope {

/// Whether a line of classes.txt names one; "- name" stands for a number that does not count.
bool isClassName(const std::string& line);

/// Which number the labels of a folder of pictures write for each class: `ImageFolderInfo::classes`
/// turned round. Reads classes.txt alone.
std::vector<std::uint8_t> numbersOfClasses(const std::filesystem::path& folder,
                                           std::size_t classes);

/// A grey PNG of 8 bits, which `readLabelPicture` reads back. Throws `Error` when it cannot be
/// written.
void writeLabelPicture(const std::filesystem::path& file, const LabelPicture& labels);

}  // namespace modascope
