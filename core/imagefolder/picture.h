#pragma once

#include <filesystem>

#include "core/imagefolder/picture_values.h"

namespace modascope {

/// .png, .jpg, .jpeg or .npy, upper or lower case.
bool isPictureName(const std::filesystem::path& file);

/// PNG (grey, palette, colour; 1 to 16 bits), JPEG (grey, colour), NumPy arrays [H, W] of real
/// numbers (integers, floating point, true and false; either order of bytes and of axes; further
/// axes of length 1 do not count). By what the file holds, not by its name. Throws `Error` naming
/// the file and what is wrong with it, or that it would need more memory than there is.
PictureSize pictureSize(const std::filesystem::path& file,
                        FourthChannel fourth = FourthChannel::Transparency);
Picture readPicture(const std::filesystem::path& file,
                    FourthChannel fourth = FourthChannel::Transparency);

/// A grey PNG, whose transparency is passed over, one with a palette (its numbers count, not its
/// colours), or a NumPy array of whole numbers. Throws `Error` for others and for a number above
/// 255.
LabelPicture readLabelPicture(const std::filesystem::path& file);

}  // namespace modascope
