#pragma once

#include "core/base/seed.h"
#include "core/cohort/cohort.h"
#include "core/inference/volumes/segmenter.h"
#include "core/problem/corruption.h"

namespace modascope {

/// What a segmenter is given in the place of a volume's modalities; `Absent`: nothing. `other` is
/// read when it is needed.
StandIn standInFor(const Segmenter& segmenter, Corruption how, const CaseInfo& other, Seed seed);

}  // namespace modascope
