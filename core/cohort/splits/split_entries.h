#pragma once

#include <map>
#include <optional>
#include <string>

#include "core/cohort/cohort.h"

namespace modascope {

/// Finds the case that an entry of a list means: its id, the name of one of its files or folders
/// ("imagesTr/P0_0000.nii.gz", "HGG/P0/"), the first word of a line of several, the id in other
/// letters, or its number without leading zeros.
class CaseFinder {
 public:
  explicit CaseFinder(const Cohort& cohort);
  std::optional<std::string> idOf(const std::string& entry) const;

 private:
  std::optional<std::string> known(const std::string& word) const;

  std::map<std::string, std::string> ids_;      ///< id → id
  std::map<std::string, std::string> lowered_;  ///< in small letters → id; empty if of several
  std::map<std::string, std::string> numbers_;  ///< "7" → "007", likewise
};

}  // namespace modascope
