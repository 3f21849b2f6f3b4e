#pragma once

#include <string>

namespace modascope::layers {

/// Comments and the insides of texts become spaces, so that places stay what they are.
std::string plainCode(std::string text);

}  // namespace modascope::layers
