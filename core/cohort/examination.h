#pragma once

#include <functional>
#include <map>
#include <stop_token>
#include <vector>

#include "core/cohort/cohort.h"
#include "core/cohort/look_cache.h"

namespace modascope {

/// What each file was when it was looked at.
using KnownFiles = std::map<std::filesystem::path, KnownFile>;

/// The files that a case's numbers come from, each once.
std::vector<std::filesystem::path> filesOf(const CaseInfo& info);

struct ExaminationSteps {
  /// Reads a case whose headers are known and says what it holds; any thread.
  std::function<CaseInfo(const CaseInfo&)> look = {};
  /// Of the cases that nobody has looked at yet; the caller's thread. May be empty.
  std::function<void(std::size_t done, std::size_t cases)> progress = {};
};

/// Looks at the cases as thoroughly as `steps.look` does, on all cores, and puts what it finds in
/// their place; `files` gets the hashes. What the cache knows of unchanged files is not read again.
/// Cases that are excluded already stay as they are. False when stopped: what was found until then
/// is in the cache.
bool examineCases(const std::vector<CaseInfo*>& cases, const ExaminationSteps& steps,
                  LookCache& cache, KnownFiles& files, const std::stop_token& stop = {});

/// Hashes files that are not in `files` yet; those that cannot be read are passed over. False when
/// stopped.
bool hashFiles(const std::vector<std::filesystem::path>& wanted, LookCache& cache,
               KnownFiles& files, const std::stop_token& stop = {});

/// Whether a file holds what it held. Reads it only where the file system cannot tell.
bool isUnchanged(const std::filesystem::path& file, const KnownFile& known);

}  // namespace modascope
