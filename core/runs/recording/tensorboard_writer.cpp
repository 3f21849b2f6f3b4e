#include "core/runs/recording/tensorboard_writer.h"

#include <algorithm>

#include "core/problem/score_column.h"
#include "core/runs/subset_name.h"

namespace modascope {
namespace {

/// One scalar a modality.
template <typename Value>
void addEach(std::vector<Scalar>& scalars, const std::string& group, const ModalitySchema& schema,
             const std::vector<Value>& values) {
  const std::size_t count = std::min(values.size(), schema.size());
  for (std::size_t m = 0; m < count; ++m)
    scalars.push_back({group + "/" + schema.key(ModalityId(m)), static_cast<double>(values[m])});
}

void addLosses(std::vector<Scalar>& scalars, const ModalitySchema& schema, const StepEvent& event) {
  for (std::size_t s = 0; s < std::min(event.subsets.size(), event.losses.size()); ++s)
    scalars.push_back({"loss/" + subsetName(schema, event.subsets[s]), event.losses[s]});
}

void addGradients(std::vector<Scalar>& scalars, const ModalitySchema& schema,
                  const GradientFacts& facts) {
  addEach(scalars, "gradient_norm", schema, facts.modalityNorms);
  addEach(scalars, "gradient_share", schema, facts.shares);
  addEach(scalars, "rank", schema, facts.ranks);
  addEach(scalars, "discarded", schema, facts.discarded);
  scalars.push_back({"gradient_norm/merged", facts.mergedNorm});
  scalars.push_back({"conflicts", static_cast<double>(facts.conflictingPairs)});
  scalars.push_back({"exact_cosine", facts.exactCosine});
}

/// "dice/wt" or "validation/accuracy".
std::string tagOf(const std::string& column) {
  const bool region = scoreColumn(column).name != column;
  return (region ? "dice/" : "validation/") + column;
}

}  // namespace

TensorBoardWriter::TensorBoardWriter(std::filesystem::path folder, std::int64_t stepsBefore)
    : folder_(std::move(folder)), stepsBefore_(stepsBefore) {}

EventFile& TensorBoardWriter::file() {
  if (!file_) {
    file_.emplace(folder_);
    if (stepsBefore_ > 0) file_->addRestart(stepsBefore_ + 1);
  }
  return *file_;
}

void TensorBoardWriter::onModel(const ModelDescription& model) {
  schema_ = model.schema;
}

void TensorBoardWriter::onStep(const StepEvent& event) {
  std::vector<Scalar> scalars{{"loss/mean", event.meanLoss},
                              {"learning_rate", event.learningRate},
                              {"seconds_per_step", event.seconds}};
  if (schema_) addLosses(scalars, *schema_, event);
  if (schema_ && event.gradients) addGradients(scalars, *schema_, *event.gradients);
  file().addScalars(event.step, scalars);
}

void TensorBoardWriter::onValidation(const ValidationEvent& event) {
  std::vector<Scalar> scalars;
  for (std::size_t k = 0; k < std::min(event.columns.size(), event.scores.size()); ++k)
    scalars.push_back({tagOf(event.columns[k]), event.scores[k]});
  file().addScalars(event.step, scalars);
}

}  // namespace modascope
