#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "core/volume/labels.h"

namespace modascope {

/// A label's name → its values; several where the label is a region, such as the whole tumour.
using NamedLabels = std::map<std::string, std::vector<std::int64_t>>;

/// The numberings that say the same as `labels`: tissues ("edema", "NCR/NET", "non-enhancing
/// tumor", "ET", "resection cavity") or the three nested regions ("whole tumor", "tumor core",
/// "enhancing tumor"). Throws `Error` with the reason, which names no file, when there is none.
std::vector<LabelProfile> profilesMeantBy(const NamedLabels& labels);

}  // namespace modascope
