#pragma once

#include <QString>

#include "core/metrics/subset_table.h"

namespace modascope {

/// Which single scan would help most beside those of `set`, and which of them is needed most, with
/// the change of Dice of each region; without a truth, what would come nearest to the prediction
/// from all. Empty where the table cannot tell; regions that are empty are left out.
QString nextScanWords(const SubsetTable& table, ModalitySet set);

}  // namespace modascope
