#include "core/train/memory_measure.h"

#include <ATen/ATen.h>

#include "core/compute/tensor_peak.h"
#include "core/models/torch_errors.h"
#include "core/problem/task_facts.h"
#include "core/train/gradient_method.h"

namespace modascope {
namespace {

/// Measured: what the heap takes for what tensors hold at once.
constexpr double kHeap = 1.3;

/// Nothing is seen, everything is of the first class.
Batch madeUp(const RunConfig& config, const Problem& problem, std::int64_t samples) {
  const auto outputs = static_cast<std::int64_t>(problem.outputs.size());
  std::vector<std::int64_t> x{samples, problem.inputs.total()}, y{samples, outputs};
  const auto axes = static_cast<std::size_t>(factsOf(problem.task).axes);
  for (auto* shape : {&x, &y}) shape->insert(shape->end(), axes, config.train.crop);
  const auto count = static_cast<std::size_t>(samples);
  Batch batch{at::zeros(x), at::zeros(y), {count, problem.schema.all()}, {count, "made up"}};
  batch.y.select(1, 0).fill_(1);
  return batch;
}

}  // namespace

MemoryEstimate measureStep(const RunConfig& config, const Problem& problem,
                           const std::shared_ptr<const MultimodalModel>& model,
                           std::optional<std::uint64_t> available) {
  const at::NoGradGuard noGrad;
  const GradientMethod method(config, model);
  const auto bytesFor = [&](std::int64_t samples) {
    return kHeap * static_cast<double>(peakTensorBytes(
                       [&] { method.compute(madeUp(config, problem, samples), 0); }));
  };
  MemoryEstimate bytes;
  bytes.weights = lastingBytes(*model);
  const std::int64_t batch = config.train.batch;
  double taken = bytesFor(1);
  bytes.measured = taken;
  for (std::int64_t n = 1; n < batch && (n == 1 || 4 * n <= batch); n *= 2) {
    const double twice = bytesFor(2 * n);
    const double each = (twice - taken) / static_cast<double>(n);
    taken = twice;
    bytes.measured = taken + each * static_cast<double>(batch - 2 * n);
    if (surelyExceeds(bytes, available)) break;
  }
  return bytes;
}

MemoryEstimate memoryOfStep(const RunConfig& config, const Problem& problem,
                            const std::shared_ptr<const MultimodalModel>& model,
                            std::optional<std::uint64_t> available) {
  if (factsOf(problem.task).data == DataKind::Volumes) return estimateStep(config, *model);
  return withTorchErrors([&] { return measureStep(config, problem, model, available); },
                         memoryAdvice(config, problem.task));
}

}  // namespace modascope
