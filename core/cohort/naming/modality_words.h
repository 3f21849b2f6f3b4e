#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/modality/modality.h"

namespace modascope {

/// Which of `bratsModalities()` a channel's name means: " FLAIR", "T2-FLAIR", "T1w", "T1-Gd",
/// "T1+C", "T1 (post contrast)". Nothing if any part of it is unknown or two parts contradict each
/// other, as in "T2*", "T1 FLAIR" or "FLAIR post": what is not understood is not guessed.
std::optional<ModalityId> modalityMeantBy(std::string_view words);

/// The same of the last words of a file's name, all of which must be needed: contrast agent, then
/// one sequence (T2 and FLAIR are one, in this order), then what was done. Fewer words are allowed.
std::optional<ModalityId> modalityInName(const std::vector<std::string>& words);

}  // namespace modascope
