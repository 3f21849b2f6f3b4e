#pragma once

#include <QString>
#include <QStringList>
#include <optional>

#include "core/cohort/cohort.h"

namespace modascope {

/// "8 cases, 8 with a segmentation" and "T1, T1ce, T2, FLAIR in every case"; of features see
/// sample_words.h.
QStringList summaryOf(const Cohort& cohort);
/// One line per case that is excluded, each with its reason, then what there is to say about the
/// data as a whole, then a line per case that has notes.
QStringList remarksOf(const Cohort& cohort);
/// How many cases are excluded.
int excludedIn(const Cohort& cohort);
/// Why this cohort cannot be trained on; nothing if it can.
std::optional<QString> whyNotTrainable(const Cohort& cohort);

}  // namespace modascope
