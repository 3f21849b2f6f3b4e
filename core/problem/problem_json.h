#pragma once

#include <nlohmann/json_fwd.hpp>

#include "core/modality/modality.h"
#include "core/problem/regions/region.h"

namespace modascope {

/// Modalities and regions as documents keep them. Reading throws `Error`, or what nlohmann::json
/// throws where something is absent or of another type.
nlohmann::ordered_json modalitiesJson(const ModalitySchema& schema);
ModalitySchema modalitiesFrom(const nlohmann::json& list);
nlohmann::ordered_json regionsJson(const RegionSchema& regions);
RegionSchema regionsFrom(const nlohmann::json& json);

}  // namespace modascope
