#pragma once

#include <array>
#include <filesystem>
#include <optional>

#include "core/modality/modality.h"

namespace modascope {

/// Which modality each of four channels is.
using ChannelOrder = std::array<ModalityId, 4>;

/// As `dataset.json` in the folder or the one above it says ("channel_names" or "modality");
/// nothing if there is none or it does not name the four.
std::optional<ChannelOrder> statedChannelOrder(const std::filesystem::path& folder);

/// FLAIR, T1w, T1gd, T2w: the Medical Segmentation Decathlon's brain tumours.
ChannelOrder msdChannelOrder();
/// T1, T1ce, T2, FLAIR: nnU-Net's conversions of BraTS.
ChannelOrder nnUnetChannelOrder();

}  // namespace modascope
