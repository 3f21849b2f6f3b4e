#include "core/train/finite_check.h"

#include <cmath>

#include <ATen/ATen.h>

#include "core/base/error.h"
#include "core/base/words.h"

namespace modascope {
namespace {

bool isFinite(const torch::Tensor& t) {
  return t.isfinite().all().item<bool>();
}

Error stopped(std::int64_t step, const std::string& what, const std::string& advice) {
  return Error("At step " + std::to_string(step) + " " + what +
                   ". The weights were not changed; the last checkpoint is good. " + advice,
               Fault::System);
}

/// One name, or "one of" all when it cannot be told which.
std::string oneOf(const std::vector<std::string>& cases) {
  if (cases.size() == 1) return inQuotes(cases.front());
  std::vector<std::string> quoted;
  for (const std::string& name : cases) quoted.push_back(inQuotes(name));
  return "one of " + joined(quoted);
}

/// The first sample whose output for the subset is not finite, looked at one by one.
std::string badCase(const SubsetTask& task, const Batch& batch, const MultimodalModel& model) {
  const auto device = model.parameters().device();
  for (const std::int64_t n : task.samples)
    if (!isFinite(model.logits(batch.x.narrow(0, n, 1).to(device), task.set)))
      return inQuotes(batch.cases[static_cast<std::size_t>(n)]);
  return oneOf(batch.cases);
}

}  // namespace

void requireFiniteInputs(const Batch& batch, const ModalitySchema& schema,
                         const InputLayout& inputs, std::int64_t step) {
  if (isFinite(batch.x)) return;
  for (std::int64_t n = 0; n < batch.x.size(0); ++n)
    for (const ModalityId id : schema.ids())
      if (!isFinite(batch.x[n].narrow(0, inputs.offset(id), inputs[id].size())))
        throw stopped(step,
                      "the " + schema.label(id) + " of " +
                          inQuotes(batch.cases[static_cast<std::size_t>(n)]) +
                          " holds numbers that are not finite",
                      "Repair it or leave it out.");
}

void requireFiniteLosses(const SubsetLosses& losses, const Batch& batch,
                         const MultimodalModel& model, std::int64_t step) {
  for (std::size_t s = 0; s < losses.losses.size(); ++s)
    if (!std::isfinite(losses.losses[s]))
      throw stopped(step,
                    "the loss of " + labelOf(model.describe().schema, losses.tasks[s].set) +
                        " is not a finite number (" + badCase(losses.tasks[s], batch, model) + ")",
                    "A lower train.lr often helps.");
}

double requireFiniteGradient(const torch::Tensor& gradient, const Batch& batch,
                             const ParameterLayout& layout, std::int64_t step) {
  const double norm = gradient.norm().item<double>();
  if (std::isfinite(norm)) return norm;
  for (const ParameterBlock& block : layout.blocks())
    if (!isFinite(gradient.narrow(0, block.offset, block.size)))
      throw stopped(step,
                    "the gradient of " + block.name + " is not finite (" + oneOf(batch.cases) + ")",
                    "A lower train.lr often helps.");
  throw stopped(step, "the gradient is too long for a number (" + oneOf(batch.cases) + ")",
                "A lower train.lr often helps.");
}

}  // namespace modascope
