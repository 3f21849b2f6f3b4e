#pragma once

#include <string>

#include "core/modality/modality.h"

namespace modascope {

/// "t1+flair": a subset in columns, tags and verdicts, where a comma would be in the way.
std::string subsetName(const ModalitySchema& schema, ModalitySet set);

}  // namespace modascope
