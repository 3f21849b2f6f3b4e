#pragma once

#include "core/cohort/cohort.h"

namespace modascope {

/// Takes what the folder says of its parts (`readSplitFile`, or else `splitLists`) into the cohort:
/// its splits, its folds and notes. Names with endings, of files and with folders before them are
/// understood; a case that a part names twice counts once. Throws `Error` when the file is not
/// understood.
void takeSplits(Cohort& cohort);

}  // namespace modascope
