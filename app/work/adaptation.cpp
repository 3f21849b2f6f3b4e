#include "app/work/adaptation.h"

#include <algorithm>
#include <sstream>

#include <unistd.h>

#include "app/work/adaptation_file.h"
#include "app/work/cohort_data.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/validation.h"
#include "core/adapters/adapted_model.h"
#include "core/adapters/adapter_file.h"
#include "core/adapters/adapter_trainer.h"
#include "core/base/error.h"
#include "core/data/sampler.h"
#include "core/runs/run_time.h"
#include "core/train/compute.h"
#include "core/train/subset_choice.h"

namespace modascope {
namespace {

constexpr double kAdapterRate = 5e-3;

bool isDedicated(const AdaptationRequest& request) {
  return request.method == "dedicated";
}

/// A word of gmd.subsets, or "t1+t2,flair".
std::vector<ModalitySet> subsetsFrom(const ModalitySchema& schema, const std::string& words) {
  std::vector<ModalitySet> subsets;
  if (words.find_first_of("+,") != std::string::npos || schema.find(words)) {
    std::stringstream rest(words);
    for (std::string word; std::getline(rest, word, ',');) {
      std::replace(word.begin(), word.end(), '+', ',');
      subsets.push_back(parseModalities(schema, word));
    }
  } else {
    subsets = namedSubsets(schema, words);
  }
  std::erase(subsets, schema.all());
  if (subsets.empty())
    throw Error("--subsets " + words + " names no subset that lacks a modality.");
  return subsets;
}

/// The frozen network and all that its adapters learn from.
class Adaptation {
 public:
  Adaptation(const AdaptationRequest& request, const AdaptationProgress& progress)
      : request_(request),
        progress_(progress),
        run_(openTrainedRun(request.run, request.checkpoint)),
        data_(openCohortData(request.data, run_.manifest)),
        subsets_(subsetsFrom(run_.manifest.schema, request.subsets)),
        config_(run_.config),
        valid_(data_.splits.contains("valid") ? data_.labelled("valid") : std::vector<CaseInfo>{}) {
    requireAdapterKind(request.method);
    if (isAdaptation(request.run))
      throw Error(inQuotes(request.run) + " is an adaptation itself; name the run of its base.");
    if (request.seed >= 0) config_.train.seed = request.seed;
    splitOf();  // refused before anything is learnt
    batches_ = makeSampler(config_, run_.manifest, data_);
  }

  const TrainedRun& run() const { return run_; }
  const RunConfig& config() const { return config_; }

  /// Nothing when stopped. Subsets that the file has are learnt.
  std::optional<AdapterSet> learn(const std::filesystem::path& file, std::stop_token stop) const {
    const bool begun = std::filesystem::exists(file);
    AdapterSet learnt =
        begun ? readAdapters(file, *run_.network) : AdapterSet(method(), *run_.network);
    if (begun && progress_.note)
      progress_.note("Going on after " + std::to_string(learnt.subsets().size()) + " of " +
                     std::to_string(subsets_.size()) + ".");
    if (!begun) writeAdapters(file, learnt);  // from now on the folder says what it is
    for (std::size_t i = 0; i < subsets_.size(); ++i) {
      if (learnt.find(subsets_[i])) continue;
      if (progress_.begins) progress_.begins(subsets_[i], i, subsets_.size());
      const AdapterResult result = AdapterTrainer(taskFor(subsets_[i])).run(stop);
      if (stop.stop_requested()) return std::nullopt;
      learnt.put(subsets_[i], result.delta);
      writeAdapters(file, learnt);
    }
    return learnt;
  }

  std::optional<AdaptationReport> report(const AdapterSet& learnt, std::stop_token stop) const {
    AdaptationReport report;
    report.base = std::filesystem::canonical(request_.run).string();
    report.checkpoint = request_.checkpoint;
    report.method = request_.method;
    report.steps = steps();
    report.split = splitOf();
    report.baseParameters = learnt.baseParameters();
    report.learntPercent = learnt.largestPercent();
    report.adapted = subsets_;
    for (const ModalitySet set : subsets_) report.learnt.push_back(learnt.learntCount(set));
    const auto cases = data_.labelled(report.split);
    const auto frozen = evaluator(run_.network).evaluate(cases, stop);
    const auto adapted = std::make_shared<const AdaptedModel>(run_.network, learnt);
    const auto scores = frozen ? evaluator(adapted).evaluate(cases, stop) : std::nullopt;
    if (!scores) return std::nullopt;
    report.frozen = *frozen;
    report.scores = *scores;
    if (const auto warning = learnt.budgetWarning();
        warning && progress_.note && !isDedicated(request_))
      progress_.note(*warning);
    return report;
  }

 private:
  std::int64_t steps() const {
    if (request_.steps > 0) return request_.steps;
    return isDedicated(request_) ? config_.train.steps : kAdapterSteps;
  }

  std::string splitOf() const {
    if (!request_.split.empty()) {
      data_.labelled(request_.split);  // says so if there is none
      return request_.split;
    }
    return data_.splits.contains("test") ? "test" : "valid";
  }

  AdapterMethod method() const {
    AdapterMethod method{request_.method};
    method.rank = request_.rank;
    method.alpha = static_cast<double>(request_.rank);
    method.seed = {static_cast<std::uint64_t>(config_.train.seed)};
    if (isDedicated(request_)) method.initial = makeNetwork(config_, run_.manifest)->parameters();
    return method;
  }

  Evaluator evaluator(std::shared_ptr<const MultimodalModel> network) const {
    return {std::move(network), config_, run_.manifest, data_.samples};
  }

  double scoreOf(const MultimodalModel& network, ModalitySet set) const {
    const std::shared_ptr<const MultimodalModel> borrowed(std::shared_ptr<void>(), &network);
    EvaluationOptions options;
    options.subsets = {set};
    const auto table = evaluator(borrowed).evaluate(valid_, {}, options);
    return mainScore(run_.manifest.task, table->rows.front().scores);
  }

  AdapterTask taskFor(ModalitySet set) const {
    AdapterTask task{run_.network, method(), set, {}, {}};
    task.batch = [this](std::int64_t step) { return batches_->batch(step); };
    task.loss = [kind = lossFrom(config_.train.loss)](const auto& logits, const auto& target) {
      return lossAndGradient(logits, target, kind);
    };
    task.steps = steps();
    task.learningRate = request_.learningRate > 0 ? request_.learningRate
                        : isDedicated(request_)   ? config_.train.lr
                                                  : kAdapterRate;
    if (isDedicated(request_)) task.weightDecay = config_.train.weightDecay;
    if (valid_.empty()) return task;
    task.validate = [this, set](const MultimodalModel& network) { return scoreOf(network, set); };
    // Volumes take long to score: only at the start and the end.
    const bool quick = run_.manifest.task != Task::Segmentation3d;
    task.validateEvery = quick ? std::max<std::int64_t>(task.steps / 10, 1) : 0;
    return task;
  }

  const AdaptationRequest& request_;
  const AdaptationProgress& progress_;
  TrainedRun run_;
  CohortData data_;
  std::vector<ModalitySet> subsets_;
  RunConfig config_;
  std::vector<CaseInfo> valid_;
  std::shared_ptr<const Sampler> batches_;
};

RunFolder begun(const AdaptationRequest& request, const Adaptation& adaptation) {
  RunFolder folder = RunFolder::createAt(request.out, adaptation.config());
  RunManifest manifest = adaptation.run().manifest;
  manifest.id = folder.path().filename().string();
  manifest.created = isoTime();
  folder.writeManifest(manifest);
  writePlan(folder.path(), request);
  return folder;
}

RunFolder reopened(const std::filesystem::path& out) {
  RunFolder folder = RunFolder::open(out);
  RunStatus status = folder.status();
  if (status.state == RunState::Running)
    throw Error("The adaptation in " + inQuotes(out) + " is being made by another process.");
  status.state = RunState::Running;
  status.pid = ::getpid();
  folder.writeStatus(status);
  return folder;
}

void conclude(const RunFolder& folder, RunState state, const std::string& words = {}) {
  RunStatus status = folder.status();
  status.state = state;
  if (state == RunState::Finished) status.step = status.steps;
  status.words = words;
  folder.writeStatus(status);
}

}  // namespace

double meanMain(const SubsetTable& table, const std::vector<ModalitySet>& of) {
  double sum = 0;
  int counted = 0;
  for (const SubsetTable::Row& row : table.rows) {
    if (row.cases == 0 || std::find(of.begin(), of.end(), row.set) == of.end()) continue;
    sum += mainScore(table.task, row.scores);
    ++counted;
  }
  return counted > 0 ? sum / counted : 0;
}

std::optional<AdaptationReport> adaptRun(const AdaptationRequest& request, std::stop_token stop,
                                         const AdaptationProgress& progress) {
  const Adaptation adaptation(request, progress);
  const RunFolder folder = wasBegun(request) ? reopened(request.out) : begun(request, adaptation);
  try {
    const auto learnt = adaptation.learn(adaptersFile(folder.path()), stop);
    const auto report = learnt ? adaptation.report(*learnt, stop) : std::nullopt;
    if (report) writeAdaptation(folder.path(), *report);
    conclude(folder, report ? RunState::Finished : RunState::Interrupted);
    return report;
  } catch (const std::exception& error) {
    conclude(folder, RunState::Failed, error.what());
    throw;
  }
}

}  // namespace modascope
