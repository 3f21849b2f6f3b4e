#pragma once

#include <string>

#include "core/cohort/cohort.h"

class QComboBox;

namespace modascope {

/// A chooser of thousands of cases: a part of a name is enough to find it.
void makeSearchable(QComboBox& box);
/// All cases by their ids, those that cannot be used greyed with the reason.
void listCases(QComboBox& box, const Cohort& cohort);
/// The first usable case that no training has seen, or else the first; empty if there is none.
std::string firstToShow(const Cohort& cohort);
/// `wanted` if it can be used, else the first to show.
std::string caseToShow(const Cohort& cohort, const std::string& wanted);

}  // namespace modascope
