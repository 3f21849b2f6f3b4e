#pragma once

#include <functional>
#include <stop_token>
#include <string>
#include <vector>

#include "app/work/cohort_data.h"

namespace modascope {

class TrainObserver;

/// How many of the cases that nobody has looked at yet have been read; on the caller's thread.
using ExaminationProgress = std::function<void(std::size_t done, std::size_t cases)>;

/// To the observer, as a phase; null for nobody.
ExaminationProgress tellingLooks(TrainObserver* observer);

/// Looks at every voxel, pixel or label of the cases of these splits (those that there are), before
/// anything is computed from them. Cases that cannot be used are excluded, with the reason in
/// `data.notes`; `data.files` gets the hashes of all files. What is known of unchanged files from
/// an earlier look is not read again. False when stopped: what was seen until then is remembered.
bool examine(CohortData& data, const std::vector<std::string>& splits,
             const ExaminationProgress& progress = {}, const std::stop_token& stop = {});

/// The same of all cases, as `modascope check` shows them.
bool examineAll(CohortData& data, const ExaminationProgress& progress = {},
                const std::stop_token& stop = {});

/// Throws `Error`, naming the file, when one of the case's files is no longer what it was when it
/// was looked at.
void requireUnchanged(const KnownFiles& files, const CaseInfo& info);

}  // namespace modascope
