#include "app/work/steps/benchmark.h"

#include <algorithm>
#include <fstream>
#include <limits>
#include <string>

#include <ATen/ATen.h>

#include "app/work/run_setup.h"
#include "app/work/steps/phantom_parts.h"
#include "core/base/stopwatch.h"
#include "core/compute/compute.h"
#include "core/data/sampler.h"
#include "core/models/torch_errors.h"
#include "core/networks/method_facts.h"
#include "core/optim/adam.h"
#include "core/train/gradient_method.h"

namespace modascope {
namespace {

/// The most memory that the process ever held.
double peakBytes() {
  std::ifstream status("/proc/self/status");
  for (std::string line; std::getline(status, line);)
    if (line.starts_with("VmHWM:")) return 1024 * std::stod(line.substr(6));
  return std::numeric_limits<double>::quiet_NaN();
}

/// On a GPU work is only queued; reading one number waits for it.
void wait(const torch::Tensor& result) {
  if (!result.device().is_cpu()) result.flatten()[0].item<float>();
}

struct Timed {
  double seconds = 0;
  StepGradient step;
};

/// Takes the steps of a run, as the trainer does.
class Stepper {
 public:
  explicit Stepper(const BenchRequest& request)
      : config_(request.config),
        parts_(request.data.empty() ? phantomParts(request.config, request.modalities)
                                    : cohortParts(request.data, request.config)),
        optimiser_(parts_.model->parameters(), request.config.train.weightDecay) {}

  Timed take(const RunConfig& config) {
    const Stopwatch watch;
    const GradientMethod method(config, parts_.model);
    Timed timed{0, method.compute(parts_.batches->batch(step_), step_)};
    optimiser_.step(timed.step.merged, config.train.lr);
    ++step_;
    wait(parts_.model->parameters());
    timed.seconds = watch.seconds();
    return timed;
  }

  /// The rank of what is back-propagated is that of a trained network only after some steps; they
  /// are joint ones, the quickest.
  void warmUp(std::int64_t steps) {
    RunConfig joint = config_;
    joint.train.method = "joint";
    for (std::int64_t i = 0; i < steps; ++i) take(joint);
  }

  const MultimodalModel& model() const { return *parts_.model; }
  const Batch batch() const { return parts_.batches->batch(step_); }

 private:
  RunConfig config_;
  RunParts parts_;
  Adam optimiser_;
  std::int64_t step_ = 0;
};

/// Multiplications and additions of a step's convolutions for a sample: forward for all subsets,
/// then data and weight gradients of whatever goes back.
std::optional<double> convolutionWork(const MultimodalModel& model, const RunConfig& config,
                                      const StepGradient& step) {
  const std::int64_t voxels = config.train.crop * config.train.crop * config.train.crop;
  const auto forward = model.convolutionWork(setsOf(step.losses.tasks), voxels);
  if (!forward) return std::nullopt;
  if (!gradientMethodNamed(config.train.method).decouples) return 3 * *forward;
  double rows = 0;
  const auto& ranks = step.facts->ranks;
  for (std::size_t m = 0; m < ranks.size(); ++m)
    rows += ranks[m] * model.convolutionWork({ModalitySet(ModalityId(m))}, voxels).value();
  if (ranks.empty())
    for (const SubsetTask& task : step.losses.tasks)
      rows += model.convolutionWork({task.set}, voxels).value();
  return *forward + 2 * rows;
}

RunConfig measured(const RunConfig& config) {
  RunConfig quiet = config;
  quiet.train.observeEvery = 0;
  quiet.gmd.auditEvery = 0;
  return quiet;
}

}  // namespace

StepTimes benchStep(const BenchRequest& request) {
  const torch::NoGradGuard noGrad;
  setThreads(request.config.compute.threads);
  const RunConfig config = measured(request.config);
  return withTorchErrors([&] {
    Stepper stepper(request);
    stepper.warmUp(request.warm);
    stepper.take(config);
    std::vector<Timed> steps;
    for (int i = 0; i < request.runs; ++i) steps.push_back(stepper.take(config));
    std::sort(steps.begin(), steps.end(),
              [](const Timed& a, const Timed& b) { return a.seconds < b.seconds; });
    const Timed& median = steps[steps.size() / 2];
    StepTimes times;
    times.seconds = median.seconds;
    times.fastest = steps.front().seconds;
    times.forward = median.step.forwardSeconds;
    times.backward = median.step.backwardSeconds;
    times.modalities = stepper.model().describe().schema.size();
    if (const auto work = convolutionWork(stepper.model(), config, median.step))
      times.gigaflops = *work * static_cast<double>(config.train.batch) / 1e9 / median.seconds;
    if (median.step.facts) {
      times.ranks = median.step.facts->ranks;
      times.discarded = median.step.facts->discarded;
    }
    times.parameters = stepper.model().layout().total();
    times.subsets = static_cast<std::int64_t>(median.step.losses.tasks.size());
    times.peakBytes = peakBytes();
    times.cosine = std::numeric_limits<double>::quiet_NaN();
    if (gradientMethodNamed(config.train.method).decouples && config.gmd.tolerance > 0) {
      RunConfig audited = config;
      audited.gmd.auditEvery = 1;
      times.cosine = stepper.take(audited).step.facts->exactCosine;
    }
    return times;
  });
}

EvaluateTimes benchEvaluate(const BenchRequest& request) {
  const torch::NoGradGuard noGrad;
  setThreads(request.config.compute.threads);
  return withTorchErrors([&] {
    const RunParts parts = phantomParts(request.config, request.modalities);
    const torch::Tensor x = parts.batches->batch(0).x.to(parts.model->parameters().device());
    const auto schema = parts.model->describe().schema;
    const auto* late = dynamic_cast<const LateFusionModel*>(parts.model.get());
    std::vector<double> seconds;
    for (int i = 0; i <= request.runs; ++i) {  // the first warms up
      const Stopwatch watch;
      torch::Tensor inside, branches;
      if (late != nullptr) branches = late->branchLogits(x, schema.ids());
      for (const ModalitySet set : allSubsets(schema)) {
        const torch::Tensor f = late != nullptr
                                    ? branches.index_select(1, indicesOf(set, x.device())).mean(1)
                                    : parts.model->logits(x, set);
        inside = f > 0;
      }
      wait(inside);
      if (i > 0) seconds.push_back(watch.seconds());
    }
    std::sort(seconds.begin(), seconds.end());
    return EvaluateTimes{seconds[seconds.size() / 2], seconds.front(),
                         static_cast<std::int64_t>(allSubsets(schema).size()), peakBytes()};
  });
}

}  // namespace modascope
