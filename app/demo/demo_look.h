#pragma once

#include <optional>

#include "core/modality/modality.h"

namespace modascope {

/// What lies over the slices beside the regions.
enum class DemoLayer { None, Decides, Border };

/// How a demonstration is looked at.
struct DemoLook {
  explicit DemoLook(ModalitySet from) : set(from) {}

  ModalitySet set;
  bool sideBySide = false;  ///< both networks, from the same scans
  bool truth = false;       ///< as an outline
  DemoLayer layer = DemoLayer::None;

  bool operator==(const DemoLook&) const = default;
};

}  // namespace modascope
