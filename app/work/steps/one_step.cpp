#include "app/work/steps/one_step.h"

#include "app/work/run_setup.h"
#include "app/work/steps/phantom_parts.h"
#include "core/base/error.h"
#include "core/compute/compute.h"
#include "core/data/sampler.h"
#include "core/files/paths.h"
#include "core/models/torch_errors.h"
#include "core/train/step_file.h"

namespace modascope {
OneStepOutcome computeOneStep(const OneStepRequest& request) {
  if (isThere(request.out))
    throw Error(request.out.string() + " is there already; nothing is written over.");
  const torch::NoGradGuard noGrad;
  setThreads(request.config.compute.threads);
  const RunParts run = request.data.empty() ? phantomParts(request.config)
                                            : cohortParts(request.data, request.config);
  const Batch batch = run.batches->batch(request.step);
  const GradientMethod method(request.config, run.model);
  const StepGradient step = withTorchErrors([&] { return method.compute(batch, request.step); });
  if (!step.merged.defined())
    throw Error("A loss of this step is not a finite number.", Fault::System);
  writeStepFile(request.out, request.config, batch, *run.model, step);
  OneStepOutcome outcome{{}, step.losses.losses, step.merged.norm().item<double>()};
  for (const SubsetTask& task : step.losses.tasks)
    outcome.subsets.push_back(labelOf(run.model->describe().schema, task.set));
  return outcome;
}

}  // namespace modascope
