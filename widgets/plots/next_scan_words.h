#pragma once

#include <QString>

#include "core/metrics/subset_table.h"

namespace modascope {

/// Which single scan would help most beside those of `set`, and which of them is needed most, with
/// the change of Dice of each region; empty where the table cannot tell.
QString nextScanWords(const SubsetTable& table, ModalitySet set);

}  // namespace modascope
