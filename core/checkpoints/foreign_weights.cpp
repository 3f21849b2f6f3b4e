#include "core/checkpoints/foreign_weights.h"

#include <algorithm>

#include "core/base/error.h"
#include "core/checkpoints/weights.h"
#include "core/tensorfile/tensorfile.h"

namespace modascope {
namespace {

std::vector<std::string> theirNames(const NameMap& map, const MultimodalModel& model) {
  const ModalitySchema schema = model.describe().schema;
  std::vector<std::string> names;
  for (const ParameterBlock& block : model.layout().blocks())
    names.push_back(map.theirs(block.name, schema));
  return names;
}

}  // namespace

void importWeights(const std::filesystem::path& file, const NameMap& map,
                   const MultimodalModel& model) {
  const TensorFile content = readTensorFile(file);
  const auto names = theirNames(map, model);
  auto complaints = misfits(content, model.layout(), names);
  for (const TensorEntry& entry : content.tensors)
    if (std::find(names.begin(), names.end(), entry.name) == names.end() &&
        !map.isIgnored(entry.name))
      complaints.push_back(inQuotes(entry.name) + " is not a tensor of this network");
  refuse(file, complaints);
  putWeights(content, model, names);
}

void exportWeights(const std::filesystem::path& file, const NameMap& map,
                   const MultimodalModel& model) {
  TensorFile content = weightsOf(model, theirNames(map, model));
  content.metadata = {{"format", "pt"}, {"modascope.kind", model.describe().kind}};
  writeTensorFile(file, content);
}

}  // namespace modascope
