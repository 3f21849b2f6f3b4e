#include "app/work/adapting/adapter_learning.h"

#include <algorithm>
#include <cmath>
#include <iomanip>
#include <set>
#include <sstream>

#include "app/work/adapting/adaptation_folder.h"
#include "app/work/adapting/adapted_subsets.h"
#include "app/work/adapting/kept_scores.h"
#include "app/work/cohort_examination.h"
#include "app/work/held_out.h"
#include "app/work/run_network.h"
#include "app/work/run_setup.h"
#include "app/work/running/recording.h"
#include "app/work/training/run_training.h"
#include "core/adapters/adapted_model.h"
#include "core/adapters/adapter_file.h"
#include "core/adapters/adapter_trainer.h"
#include "core/base/error.h"
#include "core/base/stopwatch.h"
#include "core/data/case_source.h"
#include "core/data/sampler.h"
#include "core/files/paths.h"
#include "core/networks/adapter_facts.h"
#include "core/problem/task_facts.h"

namespace modascope {
namespace {

constexpr double kAdapterRate = 5e-3;

bool isDedicated(const AdaptationRequest& request) {
  return adapterNamed(request.method).isNetwork;
}

/// Empty: none. What is kept for testing is not looked at unasked.
std::string splitToScore(const CohortData& data, const std::string& wanted) {
  if (wanted == kNoSplit) return {};
  if (wanted.empty()) return data.isScorable("valid") ? "valid" : "";
  data.labelled(wanted);  // says what is wrong with it
  return wanted;
}

bool hasAny(const std::vector<CaseInfo>& cases, ModalitySet set) {
  return std::any_of(cases.begin(), cases.end(), [set](const CaseInfo& info) {
    const auto available = info.available();
    return available && available->contains(set);
  });
}

/// What no training data has cannot be learnt.
void passOverUntaught(std::vector<ModalitySet>& subsets, const std::vector<CaseInfo>& train,
                      const ModalitySchema& schema, std::vector<std::string>& notes) {
  std::erase_if(subsets, [&](ModalitySet set) {
    if (hasAny(train, set)) return false;
    notes.push_back("None of the training data has all of " + labelOf(schema, set) +
                    ": it gets no adapter.");
    return true;
  });
  if (subsets.empty()) throw Error("No training data has all of any of these modalities.");
}

/// NaN is no score to keep.
bool isBetter(double score, const std::optional<double>& than) {
  return !than || score > *than || (std::isnan(*than) && !std::isnan(score));
}

void waitIfPaused(const TrainingControl& control) {
  if (control.pause != nullptr && control.pause->isPaused())
    holdWhilePaused(*control.pause, *control.observer, control.stop);
}

}  // namespace

std::optional<AdapterLearning> AdapterLearning::prepare(const AdaptationRequest& request,
                                                        const TrainingControl& control) {
  TrainedRun run = openTrainedRun(request.run, request.checkpoint);
  std::vector<std::string> splits{"train", "valid"};
  if (!request.split.empty()) splits.push_back(request.split);  // test, where it is asked for
  const auto open = [&] { return openCohortData(request.data, run.manifest, control.stop); };
  auto data = examinedData(open, control, splits);
  if (!data) return std::nullopt;
  return AdapterLearning(request, std::move(run), std::move(*data));
}

AdapterLearning::AdapterLearning(const AdaptationRequest& request, TrainedRun run, CohortData data)
    : request_(request),
      run_(std::move(run)),
      data_(std::move(data)),
      split_(splitToScore(data_, request.split)),
      subsets_(subsetsToAdapt(run_.manifest.problem.schema, request.subsets)),
      notes_(data_.notes),
      config_(run_.config) {
  requireAdapterKind(request.method);
  if (isAdaptation(request.run))
    throw Error(inQuotes(request.run) + " is an adaptation itself; name the run of its base.");
  if (request.seed >= 0) config_.train.seed = request.seed;
  passOverUntaught(subsets_, data_.labelled("train"), manifest().problem.schema, notes_);
  if (data_.isScorable("valid")) valid_ = data_.labelled("valid");
  if (const auto scored = casesToScore(run_, data_, {split_, true}); !scored.trainedOn.empty())
    notes_.push_back(scored.words(manifest().problem.task));
  batches_ = makeSampler(config_, run_.manifest, data_);
}

std::int64_t AdapterLearning::stepsInAll() const {
  return steps() * static_cast<std::int64_t>(subsets_.size());
}

std::int64_t AdapterLearning::steps() const {
  if (request_.steps > 0) return request_.steps;
  return isDedicated(request_) ? config_.train.steps : kAdapterSteps;
}

AdapterSet AdapterLearning::learntIn(const std::filesystem::path& file) const {
  if (isThere(file)) return readAdapters(file, *run_.network);
  return AdapterSet(method(), *run_.network);
}

std::optional<AdapterSet> AdapterLearning::learn(AdapterSet learnt,
                                                 const std::filesystem::path& file,
                                                 const TrainingControl& control) const {
  for (const std::string& note : notes_) control.observer->onNote(note);
  tellLearnt(learnt, file.parent_path(), *control.observer);
  const Stopwatch clock;
  for (std::size_t i = 0; i < subsets_.size(); ++i) {
    const ModalitySet set = subsets_[i];
    if (learnt.find(set)) continue;
    control.observer->onNote(std::to_string(i + 1) + " of " + std::to_string(subsets_.size()) +
                             ": " + labelOf(manifest().problem.schema, set));
    control.observer->onPhase({RunPhase::Training, 0, 0, validationsFrom(i)});
    control.observer->onAdapted({set});
    AdapterTask task = taskFor(set);
    watch(task, static_cast<std::int64_t>(i) * steps(), clock, control);
    const AdapterResult result = AdapterTrainer(task).run(control.stop);
    if (control.stop.stop_requested()) return std::nullopt;
    learnt.put(set, result.delta);
    requireStillThere(file.parent_path());
    const AdaptedSet told{set, learnt.learntCount(set), result.frozenScore, result.score, true};
    keepScores(file.parent_path(), told);
    writeAdapters(file, learnt);
    control.observer->onAdapted(told);
    control.observer->onNote(wordsOf(set, result));
    control.observer->onCheckpoint(static_cast<std::int64_t>(i + 1) * steps());
  }
  return learnt;
}

/// "Text, Audio: 0.846 frozen, 0.851 adapted on the valid split"
std::string AdapterLearning::wordsOf(ModalitySet set, const AdapterResult& result) const {
  const std::string label = labelOf(manifest().problem.schema, set);
  if (!result.score) return label + ": learnt; none of the valid split has it, so the last is kept";
  std::ostringstream words;
  words << std::fixed << std::setprecision(3) << label << ": " << *result.frozenScore << " frozen, "
        << *result.score << " adapted on the valid split";
  if (result.step == 0) words << "; no step was better than the frozen network";
  return words.str();
}

/// Tells the observer of the task's steps and validations, and holds it where it is to pause.
void AdapterLearning::watch(AdapterTask& task, std::int64_t stepsBefore, const Stopwatch& clock,
                            const TrainingControl& control) const {
  task.batch = [this, &control](std::int64_t step) {
    Batch batch = batches_->batch(step);
    for (const std::string& note : batch.notes) control.observer->onNote(note);
    return batch;
  };
  task.onStep = [=, this, &control, &clock, set = task.set](const AdapterStep& step) {
    StepEvent event;
    event.step = stepsBefore + step.step;
    event.steps = stepsInAll();
    event.elapsedSeconds = clock.seconds();
    event.seconds = step.seconds;
    event.learningRate = step.learningRate;
    event.cases = step.cases;
    event.subsets = {set};
    event.losses = {step.loss};
    event.meanLoss = step.loss;
    control.observer->onStep(event);
    waitIfPaused(control);
  };
  if (hasAny(valid_, task.set)) watchValidation(task, stepsBefore, control);
}

/// What was learnt before this session began.
void AdapterLearning::tellLearnt(const AdapterSet& learnt, const std::filesystem::path& run,
                                 TrainObserver& observer) const {
  const auto kept = keptScores(run);
  for (const ModalitySet set : learnt.subsets()) {
    AdaptedSet told = keptOf(kept, set);
    told.learnt = learnt.learntCount(set);
    told.done = true;
    observer.onAdapted(told);
  }
}

/// Of this subset and those after it.
std::int64_t AdapterLearning::validationsFrom(std::size_t subset) const {
  std::int64_t count = 0;
  for (std::size_t i = subset; i < subsets_.size(); ++i) {
    if (!hasAny(valid_, subsets_[i])) continue;
    const std::int64_t every = taskFor(subsets_[i]).validateEvery;
    count += 1 + (every > 0 ? (steps() + every - 1) / every : 1);
  }
  return count;
}

void AdapterLearning::watchValidation(AdapterTask& task, std::int64_t stepsBefore,
                                      const TrainingControl& control) const {
  const auto place = std::find(subsets_.begin(), subsets_.end(), task.set) - subsets_.begin();
  auto left = validationsFrom(static_cast<std::size_t>(place));
  task.validate = [=, this, &control, told = AdaptedSet{task.set}](
                      const MultimodalModel& network,
                      std::int64_t stepsDone) mutable -> std::optional<double> {
    control.observer->onPhase({RunPhase::Validating, 0, 0, left});
    auto found = validate(network, told.set, control);
    if (!found) return std::nullopt;
    control.observer->onPhase({RunPhase::Training, 0, 0, --left});
    found->step = stepsBefore + stepsDone;
    if (stepsDone > 0) control.observer->onValidation(*found);  // before, it is another set's step
    const double score = mainScore(manifest().problem.task, found->scores);
    if (stepsDone == 0) told.frozen = score;
    if (isBetter(score, told.adapted)) told.adapted = score;
    control.observer->onAdapted(told);
    return score;
  };
}

std::optional<AdaptationReport> AdapterLearning::report(const AdapterSet& learnt,
                                                        const TrainingControl& control) const {
  AdaptationReport report(manifest().problem.schema, manifest().problem.task);
  report.base = realPath(request_.run).string();
  report.checkpoint = request_.checkpoint;
  report.method = request_.method;
  report.steps = steps();
  report.split = split_;
  report.baseParameters = learnt.baseParameters();
  report.learntPercent = learnt.largestPercent();
  report.adapted = subsets_;
  for (const ModalitySet set : subsets_) report.learnt.push_back(learnt.learntCount(set));
  if (const auto warning = learnt.budgetWarning(); warning && !isDedicated(request_))
    control.observer->onNote(*warning);
  if (!split_.empty())
    score(learnt, report, control);
  else
    control.observer->onNote("No split is scored. What is kept for testing is, with --split test.");
  if (control.stop.stop_requested()) return std::nullopt;
  return report;
}

void AdapterLearning::score(const AdapterSet& learnt, AdaptationReport& report,
                            const TrainingControl& control) const {
  control.observer->onNote("Scoring the " + split_ +
                           " split, with the frozen network and with the adapted one.");
  waitIfPaused(control);
  if (split_ == "valid")
    control.observer->onNote("The valid split has also chosen the adapters: its scores flatter.");
  auto cases = data_.labelled(split_);
  const auto count = 2 * cases.size();
  const auto tell = tellingOf(RunPhase::Scoring, count, *control.observer);
  std::set<std::string> lost;  // both are scored on the same cases
  EvaluationOptions options;
  options.starting = tell;
  options.leftOut = [&](const CaseInfo& info, const std::string& why) {
    lost.insert(info.id);
    control.observer->onNote(info.id + " is not scored: " + why);
  };
  const auto frozen = evaluate(run_.network, cases, control.stop, options);
  if (!frozen) return;
  std::erase_if(cases, [&](const CaseInfo& info) { return lost.contains(info.id); });
  const auto adapted = std::make_shared<const AdaptedModel>(run_.network, learnt);
  options.starting = [&](std::size_t done) { tell(cases.size() + done); };
  const auto scores = evaluate(adapted, cases, control.stop, options);
  if (!scores) return;
  report.frozen = *frozen;
  report.scores = *scores;
}

AdapterMethod AdapterLearning::method() const {
  AdapterMethod method{request_.method};
  method.rank = request_.rank;
  method.alpha = static_cast<double>(request_.rank);
  method.seed = {static_cast<std::uint64_t>(config_.train.seed)};
  if (isDedicated(request_)) method.initial = makeNetwork(config_, run_.manifest)->parameters();
  return method;
}

std::optional<SubsetTable> AdapterLearning::evaluate(std::shared_ptr<const MultimodalModel> network,
                                                     const std::vector<CaseInfo>& cases,
                                                     std::stop_token stop,
                                                     const EvaluationOptions& options) const {
  return predictorOf(std::move(network), config_, run_.manifest)
      ->evaluate(*data_.source, cases, std::move(stop), options);
}

std::optional<ValidationEvent> AdapterLearning::validate(const MultimodalModel& network,
                                                         ModalitySet set,
                                                         const TrainingControl& control) const {
  const std::shared_ptr<const MultimodalModel> borrowed(std::shared_ptr<void>(), &network);
  EvaluationOptions options;
  options.subsets = {set};
  options.starting = tellingOf(RunPhase::Validating, valid_.size(), *control.observer);
  options.leftOut = [&](const CaseInfo& info, const std::string& why) {
    if (lost_.insert(info.id).second)
      control.observer->onNote("From now on " + info.id + " is left out of validation: " + why);
  };
  const auto table = evaluate(borrowed, valid_, control.stop, options);
  if (!table) return std::nullopt;
  return ValidationEvent{0, table->columns, table->rows.front().scores, false};
}

AdapterTask AdapterLearning::taskFor(ModalitySet set) const {
  AdapterTask task{run_.network, method(), set, {}, {}};
  task.loss = [kind = lossFrom(config_.train.loss)](const auto& logits, const auto& target) {
    return lossAndGradient(logits, target, kind);
  };
  task.steps = steps();
  task.learningRate = request_.learningRate > 0 ? request_.learningRate
                      : isDedicated(request_)   ? config_.train.lr
                                                : kAdapterRate;
  if (isDedicated(request_)) task.weightDecay = config_.train.weightDecay;
  const bool rarely = factsOf(manifest().problem.task).takesLong;  // only at the start and the end
  task.validateEvery = rarely ? 0 : std::max<std::int64_t>(task.steps / 10, 1);
  return task;
}

}  // namespace modascope
