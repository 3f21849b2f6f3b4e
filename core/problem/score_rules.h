#pragma once

namespace modascope {

/// What the numbers of a table follow: printed under it.

/// Of Dice, and of HD95 where it is there, too.
inline constexpr const char* kEmptyRegionRule =
    "Hard Dice per case on the uncropped volume at threshold 0.5; a region that is empty in both "
    "prediction and truth scores 1, in one of them 0.";
inline constexpr const char* kHd95Rule =
    "HD95 in mm, the larger of both directions' 95th percentiles; a region that is empty in both "
    "prediction and truth scores 0, in one of them the image's diagonal.";

/// Of other tasks.
inline constexpr const char* kSamplesRule =
    "Of each subset the samples that have all of it; the network sees no other modality of them.";
inline constexpr const char* kPicturesRule =
    "Of each subset the pictures that have all of it; the network sees no other modality of them.";

/// Where there is no truth to compare with: of volumes, and of other tasks.
inline constexpr const char* kAgreementRule =
    "No reference segmentation: the numbers say how far each subset agrees with what the network "
    "says from all modalities (Dice, HD95), not whether that is right.";
inline constexpr const char* kUnlabelledRule =
    "No label to compare with: the numbers say how far each subset agrees with what the network "
    "says from all modalities, not whether that is right.";

}  // namespace modascope
