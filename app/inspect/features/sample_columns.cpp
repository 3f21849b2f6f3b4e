#include "app/inspect/features/sample_columns.h"

#include <QCoreApplication>
#include <cmath>
#include <limits>

#include "core/problem/task_facts.h"
#include "widgets/bridge/number_words.h"

namespace modascope {
namespace {

using Shade = SubsetColumn::Shade;

QString tr(const char* text) {
  return QCoreApplication::translate("SampleColumns", text);
}

QString percent(double value) {
  return QStringLiteral("%1 %").arg(std::lround(100 * value));
}

QString number(double value) {
  return signedNumber(value, 2);
}

}  // namespace

std::vector<SubsetColumn> columnsOfSample(const Problem& problem) {
  if (factsOf(problem.task).isNumber())
    return {{tr("Prediction"), tr("What the network says from this subset"), Shade::None, number},
            {tr("Error"), tr("Distance from the truth"), Shade::SmallerIsBetter, number}};
  const auto name = [names = problem.outputs](double k) {
    return QString::fromStdString(names.at(static_cast<std::size_t>(k)));
  };
  const auto right = [](double value) {
    return value > 0 ? QStringLiteral("✓") : QStringLiteral("✗");
  };
  return {{tr("Class"), tr("The class predicted from this subset"), Shade::None, name},
          {tr("with"), tr("Its probability"), Shade::None, percent},
          {tr("True"), tr("Probability of the true class"), Shade::LargerIsBetter, percent},
          {tr("Right"), tr("Whether the class predicted is the true one"), Shade::None, right}};
}

QString quantityOf(const SubsetOutputs& outputs) {
  const Problem& problem = outputs.problem;
  if (factsOf(problem.task).isNumber())
    return tr("the predicted %1").arg(QString::fromStdString(problem.outputs.front()));
  const std::size_t k = classOf(*outputs.of(outputs.available));
  return tr("the probability of class %1").arg(QString::fromStdString(problem.outputs.at(k)));
}

QString baselineOf(const Problem& problem) {
  if (factsOf(problem.task).isNumber()) return tr("the mean label of training");
  return tr("its frequency in training");
}

void addDifference(const SubsetOutputs& kept, const SubsetOutputs& now, double truth,
                   SubsetTable& table, std::vector<SubsetColumn>& columns) {
  const bool classes = !factsOf(now.problem.task).isNumber();
  const auto k = classes ? static_cast<std::size_t>(truth) : 0;
  const auto at = [k](const std::vector<double>* values) {
    return values != nullptr && k < values->size() ? (*values)[k]
                                                   : std::numeric_limits<double>::quiet_NaN();
  };
  table.columns.emplace_back("difference_from_kept");
  for (SubsetTable::Row& row : table.rows)
    row.scores.push_back(at(now.of(row.set)) - at(kept.of(row.set)));
  const auto words = [classes](double value) {
    return signedDifference(classes ? 100 * value : value, classes ? 0 : 2) +
           (classes ? tr(" pt") : QString());
  };
  columns.push_back({tr("Δ kept"),
                     classes ? tr("Probability of the true class, less that of the kept prediction "
                                  "from the same subset, in percentage points")
                             : tr("Prediction, less the kept one from the same subset"),
                     Shade::None, words});
}

}  // namespace modascope
