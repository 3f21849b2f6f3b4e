#pragma once

#include <string>
#include <vector>

#include "core/cohort/cohort.h"

namespace modascope {

/// "a, b, c and 4 more"
std::string firstOf(const std::vector<std::string>& names);

/// Says, for every two parts, which cases are in both, and which patients have cases in both.
void noteOverlaps(const Cohort& cohort, const Splits& splits, const PatientRule& patients,
                  std::vector<std::string>& notes);
/// Says which usable cases no part names.
void noteUnlisted(const Cohort& cohort, const Splits& stated, std::vector<std::string>& notes);
/// Says when nothing is left to validate on.
void noteWithoutValidation(const Cohort& cohort, const Splits& splits,
                           std::vector<std::string>& notes);

}  // namespace modascope
