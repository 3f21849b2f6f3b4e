#pragma once

#include <optional>
#include <string>

#include "app/work/cohort_data.h"
#include "core/runs/run_store.h"

namespace modascope {

/// Of the contents of the split's usable cases, wherever they lie and whatever their files are
/// called: "xxh3:" and 32 hexadecimal digits. Empty where there is no such split or no case.
std::string contentFingerprint(const CohortData& data, const std::string& split);

/// Writes down the data's identity: fingerprints and left-out cases into the manifest.
void describeData(const CohortData& data, RunManifest& manifest);
/// And which file had which content, in the run's folder, as `xxh128sum` lists it.
void writeDataFiles(const RunFolder& run, const CohortData& data);

/// Gives the data the run's splits, less what the run did without.
void takeSplits(const RunManifest& manifest, CohortData& data);

/// What of the run's data is no longer what it was: a sentence that names the first file. Nothing
/// when all is the same; `data` has been examined and has the run's splits. A run that recorded
/// names and sizes only is compared by those, and `data.notes` says so.
std::optional<std::string> changeSince(const RunFolder& run, const RunManifest& manifest,
                                       CohortData& data);

}  // namespace modascope
