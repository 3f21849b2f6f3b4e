#include "core/runs/csv.h"

#include <algorithm>

#include "core/base/csv_cell.h"
#include "core/base/words.h"
#include "core/problem/score_column.h"
#include "core/runs/subset_name.h"

namespace modascope {
namespace {

class Row {
 public:
  template <typename Value>
  Row& add(const Value& value) {
    if (!first_) text_ += ',';
    text_ += csvCell(value);
    first_ = false;
    return *this;
  }
  Row& add(std::int64_t value) { return add(std::to_string(value)); }
  /// One cell for each of `count`, empty beyond what there is.
  template <typename Value>
  Row& addEach(const std::vector<Value>& values, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i)
      i < values.size() ? add(static_cast<double>(values[i])) : add(std::string());
    return *this;
  }
  const std::string& text() const { return text_; }

 private:
  std::string text_;
  bool first_ = true;
};

Row stepColumns(const ModalitySchema& schema) {
  Row row;
  for (const char* name : {"step", "epoch", "seconds", "elapsed_seconds", "learning_rate", "loss"})
    row.add(std::string(name));
  for (const ModalitySet set : allSubsets(schema)) row.add("loss_" + subsetName(schema, set));
  for (const char* group : {"gradient_norm_", "gradient_share_", "rank_", "discarded_"})
    for (const ModalityId id : schema.ids()) row.add(group + schema.key(id));
  for (const char* name : {"conflicts", "merged_norm", "exact_cosine", "cases"})
    row.add(std::string(name));
  return row;
}

void addLosses(Row& row, const StepEvent& event, const ModalitySchema& schema) {
  for (const ModalitySet set : allSubsets(schema)) {
    const auto at = std::find(event.subsets.begin(), event.subsets.end(), set);
    const auto index = static_cast<std::size_t>(at - event.subsets.begin());
    index < event.losses.size() ? row.add(event.losses[index]) : row.add(std::string());
  }
}

Row stepRow(const StepEvent& event, const ModalitySchema& schema) {
  Row row;
  row.add(event.step).add(event.epoch).add(event.seconds).add(event.elapsedSeconds);
  row.add(event.learningRate).add(event.meanLoss);
  addLosses(row, event, schema);
  const GradientFacts none;
  const GradientFacts& facts = event.gradients ? *event.gradients : none;
  row.addEach(facts.modalityNorms, schema.size()).addEach(facts.shares, schema.size());
  row.addEach(facts.ranks, schema.size()).addEach(facts.discarded, schema.size());
  if (event.gradients)
    row.add(std::int64_t{facts.conflictingPairs}).add(facts.mergedNorm);
  else
    row.add(std::string()).add(std::string());
  row.add(facts.exactCosine).add(joined(event.cases, ";"));
  return row;
}

}  // namespace

void writeStepsCsv(std::ostream& out, const std::vector<StepEvent>& steps,
                   const ModalitySchema& schema) {
  out << stepColumns(schema).text() << '\n';
  for (const StepEvent& event : steps) out << stepRow(event, schema).text() << '\n';
}

void writeValidationsCsv(std::ostream& out, const std::vector<ValidationEvent>& validations) {
  Row names;
  names.add(std::string("step"));
  const auto columns =
      validations.empty() ? std::vector<std::string>{} : validations.front().columns;
  for (const std::string& column : columns) names.add(scoreColumn(column).name);
  out << names.add(std::string("best")).text() << '\n';
  for (const ValidationEvent& event : validations) {
    Row row;
    row.add(event.step).addEach(event.scores, columns.size());
    out << row.add(std::int64_t{event.best ? 1 : 0}).text() << '\n';
  }
}

}  // namespace modascope
