#pragma once

#include <map>
#include <string>

#include "core/modality/modality.h"

namespace modascope {

/// Which modality each channel is, by its number.
using Channels = std::map<int, ModalityId>;

/// FLAIR, T1w, T1gd, T2w: the Medical Segmentation Decathlon's brain tumours.
Channels msdChannels();
/// T1, T1ce, T2, FLAIR: nnU-Net's conversions of BraTS.
Channels nnUnetChannels();

/// "0 T1, 1 FLAIR"
std::string wordsOf(const Channels& channels);

}  // namespace modascope
