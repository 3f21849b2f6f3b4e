#include "app/work/looking/prediction_files.h"

#include <nlohmann/json.hpp>

#include "core/base/csv_cell.h"
#include "core/base/json_text.h"
#include "core/base/words.h"
#include "core/files/atomic_file.h"
#include "core/imagefolder/label_file.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json jsonOf(const PredictionSource& source, const Problem& problem, ModalitySet set) {
  return {{"case", source.caseId},
          {"data", textOf(source.data)},
          {"task", keyOf(problem.task)},
          {"run", textOf(source.run)},
          {"network", source.network},
          {"step", source.step},
          {"trained_on", source.trainedOn},
          {"modalities", keysOf(problem.schema, set)},
          {"left_out", keyOf(source.leftOut)}};
}

void writeBeside(const fs::path& file, Json json) {
  json["words"] = "For research use only.";
  writeAtomically(file.string() + ".json", jsonText(json, 2) + '\n');
}

bool isOfClasses(const Problem& problem) {
  return !factsOf(problem.task).isNumber();
}

std::string outputsHead(const Problem& problem) {
  std::string text = "modalities,truth";
  if (isOfClasses(problem)) text += ",predicted";
  for (const std::string& name : problem.outputs)
    text += ',' + csvCell(isOfClasses(problem) ? "p_" + name : name);
  return text + '\n';
}

std::string outputsCsv(const SubsetOutputs& outputs, double truth) {
  const Problem& problem = outputs.problem;
  const auto named = [&](std::size_t k) { return csvCell(problem.outputs.at(k)); };
  const bool classes = isOfClasses(problem);
  std::string text = outputsHead(problem);
  for (const auto& [set, values] : outputs.each) {
    text += csvCell(joined(keysOf(problem.schema, set), "+")) + ',' +
            (classes ? named(static_cast<std::size_t>(truth)) : csvCell(truth));
    if (classes) text += ',' + named(classOf(values));
    for (const double value : values) text += ',' + csvCell(value);
    text += '\n';
  }
  return text;
}

std::string contributionsCsv(const ModalitySchema& schema, const Contributions& all) {
  std::string text = "modality,shapley,share,removal\n";
  const auto ids = all.players.ids();
  for (std::size_t i = 0; i < ids.size(); ++i)
    text += csvCell(schema.key(ids[i])) + ',' + csvCell(all.values[i]) + ',' +
            (i < all.shares.size() ? csvCell(all.shares[i]) : "") + ',' + csvCell(all.removals[i]) +
            '\n';
  return text;
}

/// Which of the outputs the contributions share out.
std::string explained(const SubsetOutputs& outputs) {
  const Problem& problem = outputs.problem;
  if (!isOfClasses(problem)) return problem.outputs.front();
  return "probability of " + problem.outputs.at(classOf(*outputs.of(outputs.available)));
}

}  // namespace

void writeClasses(const fs::path& file, const PredictedClasses& predicted,
                  const PredictionSource& source) {
  const auto& names = predicted.problem.outputs;
  const auto numbers = numbersOfClasses(source.data, names.size());
  LabelPicture labels = predicted.classes;
  for (std::uint8_t& value : labels.values) value = numbers.at(value);
  Json json = jsonOf(source, predicted.problem, predicted.set);
  for (std::size_t k = 0; k < names.size(); ++k)
    json["classes"].push_back({{"number", numbers[k]}, {"name", names[k]}});
  writeLabelPicture(file, labels);
  writeBeside(file, json);
}

void writeOutputs(const fs::path& file, const SubsetOutputs& outputs, double truth,
                  const PredictionSource& source) {
  writeAtomically(file, outputsCsv(outputs, truth));
  writeBeside(file, jsonOf(source, outputs.problem, outputs.available));
}

void writeContributions(const fs::path& file, const SubsetOutputs& outputs,
                        const Contributions& contributions, const PredictionSource& source) {
  Json json = jsonOf(source, outputs.problem, outputs.available);
  json["explained"] = explained(outputs);
  json["all"] = contributions.all;
  json["none"] = contributions.none;
  writeAtomically(file, contributionsCsv(outputs.problem.schema, contributions));
  writeBeside(file, json);
}

}  // namespace modascope
