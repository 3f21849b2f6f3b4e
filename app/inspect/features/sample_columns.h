#pragma once

#include <QString>
#include <vector>

#include "core/metrics/subset_outputs.h"
#include "widgets/tables/subset_table_model.h"

namespace modascope {

/// How the columns of `tableOfSample` read.
std::vector<SubsetColumn> columnsOfSample(const Problem& problem);
/// "the predicted sentiment", "the probability of class 3".
QString quantityOf(const SubsetOutputs& outputs);
/// What it is without any input: "the mean training label", "its frequency in training".
QString baselineOf(const Problem& problem);

/// One more column: by how much the number, or the probability of the true class, differs from what
/// was kept of the same subset.
void addDifference(const SubsetOutputs& kept, const SubsetOutputs& now, double truth,
                   SubsetTable& table, std::vector<SubsetColumn>& columns);

}  // namespace modascope
