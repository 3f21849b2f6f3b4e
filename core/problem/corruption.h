#pragma once

#include <array>
#include <string_view>

namespace modascope {

/// What may be wrong with a modality that is there, beside its absence.
enum class Corruption {
  Absent,    ///< not given to the network
  Noise,     ///< independent normal values of the intact one's mean and deviation
  Constant,  ///< every number one deviation above the mean
  Shuffled   ///< another sample's
};
inline constexpr std::array kCorruptions = {Corruption::Absent, Corruption::Noise,
                                            Corruption::Constant, Corruption::Shuffled};
std::string_view keyOf(Corruption corruption);  // "absent"

}  // namespace modascope
