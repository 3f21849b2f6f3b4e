#include "app/experiment/experiment_controller.h"

#include <QClipboard>
#include <QGuiApplication>

#include "app/experiment/experiment_page.h"
#include "app/experiment/form/command_words.h"
#include "app/experiment/planning/cohort_words.h"
#include "app/experiment/planning/data_panel.h"
#include "app/jobs/sentence.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/work/adapting/adaptation_folder.h"
#include "app/work/run_survey.h"
#include "core/runs/run_store.h"
#include "core/system/file_facts.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"
#include "widgets/tables/adaptation_table.h"

namespace modascope {
namespace {

/// Why no run can be made in a folder; empty if one can.
QString whyNoRunsIn(const std::filesystem::path& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (!code && mayMakeFilesIn(folder)) return {};
  const std::string reason = code ? code.message() : std::string("it may not be written to");
  return ExperimentController::tr("No run can be made in %1: %2. The folder before is kept.")
      .arg(asText(folder), QString::fromStdString(reason));
}

}  // namespace

PhantomOptions ExperimentController::demoPhantom() {
  return PhantomOptions{};
}

RunConfig ExperimentController::demoConfig() {
  RunConfig config;
  config.run.experiment = "demo";
  config.run.name = "phantom-gmd";
  config.train.steps = 150;
  config.train.crop = 32;
  config.train.checkpointEvery = 25;
  config.train.observeEvery = 5;
  config.train.validateEvery = 50;
  return config;
}

ExperimentController::ExperimentController(ExperimentPage& page, AppSettings& settings,
                                           QObject* parent)
    : QObject(parent),
      page_(page),
      settings_(settings),
      memory_(*page.form(), settings, demoConfig()),
      planning_(*page.plan(), settings),
      offers_(page, settings, memory_, training_) {
  connectPage();
  connectTraining();
  connectOffers();
  page_.setRunsFolder(settings_.runsFolder());
  page_.controls()->setState(std::nullopt);
  showReadiness();
}

void ExperimentController::connectPage() {
  connect(page_.data(), &DataPanel::pathChosen, this, &ExperimentController::openData);
  connect(page_.data(), &DataPanel::phantomChosen, this, &ExperimentController::openPhantom);
  connect(&memory_, &FormMemory::noted, &page_, &ExperimentPage::log);
  connect(page_.form(), &ConfigForm::changed, this, &ExperimentController::showReadiness);
  connect(page_.controls(), &RunControls::startRequested, this, &ExperimentController::start);
  connect(page_.controls(), &RunControls::pauseRequested, this, &ExperimentController::pause);
  connect(page_.controls(), &RunControls::resumeRequested, this, &ExperimentController::goOn);
  connect(page_.controls(), &RunControls::stopRequested, this, &ExperimentController::stop);
  connect(&page_, &ExperimentPage::adaptRequested, this, [this] { askToAdapt(); });
  connect(&page_, &ExperimentPage::copyRequested, this, &ExperimentController::copyAsCommand);
  connect(&page_, &ExperimentPage::runsFolderChosen, this, &ExperimentController::setRunsFolder);
  connect(&looking_, &CohortJob::opened, this, &ExperimentController::takeCohort);
  connect(&looking_, &CohortJob::failed, this, [this](const QString& sentence) {
    page_.data()->setFailed(source_);
    showReadiness();
    warn(sentence);
  });
}

void ExperimentController::connectTraining() {
  connect(&training_, &TrainingJob::stateChanged, this, &ExperimentController::showState);
  connect(&training_, &TrainingJob::steps, this, &ExperimentController::showSteps);
  connect(&training_, &TrainingJob::stepsMissed, this,
          [this](const auto& run) { page_.append(RunFolder::open(run).steps()); });
  connect(&training_, &TrainingJob::modelKnown, this, [this](const ModelDescription& model) {
    setSchema(model.schema);
    page_.log(tr("Network %1 with %L2 parameters")
                  .arg(QString::fromStdString(model.kind))
                  .arg(model.totalParameters()));
  });
  connect(&training_, &TrainingJob::validated, this,
          [this](const ValidationEvent& event) { page_.appendValidation({event}); });
  connect(&training_, &TrainingJob::folderKnown, this, [this](const std::filesystem::path& run) {
    page_.log(tr("Run folder: %1").arg(asText(run)));
  });
  connect(&training_, &TrainingJob::noted, &page_, &ExperimentPage::log);
  connect(&training_, &TrainingJob::phaseChanged, this, [this](const PhaseEvent& phase) {
    page_.controls()->setPhase(phase);
    showStatus();
  });
  connect(&training_, &TrainingJob::adapted, page_.adapters(), &AdaptationTable::set);
  connect(&training_, &TrainingJob::checkpointWritten, this, [this](qint64 step) {
    page_.log(tr("Checkpoint of step %1").arg(step));
    Q_EMIT checkpointReady(training_.folder());
  });
  connect(&training_, &TrainingJob::finished, this, &ExperimentController::takeOutcome);
  connect(&training_, &TrainingJob::failed, this, [this](const QString& sentence) {
    warn(sentence);
    conclude(RunState::Failed);
  });
}

void ExperimentController::connectOffers() {
  connect(&offers_, &ResumeOffers::goOnChosen, this, &ExperimentController::goOnWith);
  connect(&offers_, &ResumeOffers::inspectChosen, this, &ExperimentController::inspectRequested);
  connect(&offers_, &ResumeOffers::adaptChosen, this, &ExperimentController::askToAdapt);
  connect(&offers_, &ResumeOffers::commandChosen, this, &ExperimentController::copy);
  connect(&offers_, &ResumeOffers::failed, this, &ExperimentController::warn);
}

void ExperimentController::openData(const std::filesystem::path& path) {
  if (whatIs(path).kind != PathKind::Data) return Q_EMIT openingRequested(path);
  if (isTraining()) return warn(tr("The data cannot change while a run is training on it."));
  source_ = asText(path);
  path_ = path;
  cohort_.reset();
  page_.data()->setLooking(source_);
  page_.notice()->dismiss();
  showReadiness();
  looking_.open(path);
}

void ExperimentController::openPhantom() {
  if (isTraining()) return warn(tr("The data cannot change while a run is training on it."));
  source_ = tr("Embedded phantom");
  path_.reset();
  cohort_.reset();
  page_.data()->setLooking(source_);
  page_.notice()->dismiss();
  memory_.suit(kDefaultTask, true);
  showReadiness();
  looking_.openPhantom(demoPhantom(), settings_.cacheFolder());
}

/// Only what opened is found open at the next start.
void ExperimentController::takeCohort(const std::shared_ptr<const Cohort>& cohort) {
  cohort_ = cohort;
  settings_.setDataFolder(path_);
  memory_.suit(cohort->problem.task, !path_);
  page_.data()->setCohort(source_, *cohort);
  page_.log(tr("Data: %1").arg(summaryOf(*cohort).join("; ")));
  showReadiness();
  Q_EMIT cohortOpened(cohort);
}

void ExperimentController::showReadiness() {
  const QStringList problems = page_.form()->problems();
  if (!cohort_) {
    page_.controls()->setStartable(false, tr("There is no data yet."));
  } else if (const auto why = whyNotTrainable(*cohort_)) {
    page_.controls()->setStartable(false, *why);
  } else if (!problems.isEmpty()) {
    page_.controls()->setStartable(false, problems.first());
  } else {
    page_.controls()->setStartable(true);
  }
  const bool startable = cohort_ && !whyNotTrainable(*cohort_) && problems.isEmpty();
  planning_.ask(startable && !isTraining() ? cohort_ : nullptr, page_.form()->config());
  showAdaptability();
}

void ExperimentController::setConfig(const RunConfig& config) {
  memory_.show(page_.form()->task(), config);
  showReadiness();
}

void ExperimentController::start() {
  if (isTraining() || !cohort_ || whyNotTrainable(*cohort_)) return;
  if (!page_.form()->problems().isEmpty()) return warn(page_.form()->problems().join(' '));
  prepareViews();
  page_.setRegions(cohort_->problem.regions);
  const RunConfig config = page_.form()->config();
  memory_.show(page_.form()->task(), config);
  page_.controls()->setProgress(0, config.train.steps);
  training_.start({cohort_->folder, settings_.runsFolder(), config});
}

void ExperimentController::prepareViews(bool adapting) {
  lastStep_.reset();
  planning_.forget();
  offers_.withdraw();
  page_.notice()->dismiss();
  page_.clearPlots();
  page_.form()->setEditable(false);
  page_.data()->setEditable(false);
  page_.setAdaptable(false, tr("A run is going on."));
  page_.showAdapting(adapting);
  page_.controls()->setState(RunState::Preparing);
  Q_EMIT statusChanged(tr("● preparing the run"));
}

void ExperimentController::goOnWith(const std::filesystem::path& run,
                                    std::optional<std::int64_t> steps) {
  if (isTraining()) return;
  try {
    const RunFolder folder = RunFolder::open(run);
    const RunStatus status = folder.status();
    RunConfig config = folder.config();
    if (steps) config.train.steps = *steps;
    const RunManifest manifest = folder.manifest();
    const auto recorded = folder.steps();
    const auto validations = folder.validations();
    prepareViews(isAdaptation(run));
    setSchema(manifest.problem.schema);
    page_.setRegions(manifest.problem.regions);
    memory_.show(manifest.problem.task, config);
    page_.append(recorded);
    page_.appendValidation(validations);
    page_.controls()->setProgress(status.step, steps.value_or(status.steps));
    if (steps)
      training_.extend(run, *steps);
    else
      training_.resume(run);
  } catch (const std::exception&) {
    warn(QString::fromStdString(sentenceOf(std::current_exception())));
  }
}

/// Plots of the same modalities keep what they show.
void ExperimentController::setSchema(const ModalitySchema& schema) {
  if (schema == schema_) return;
  schema_ = schema;
  page_.setSchema(schema);
}

void ExperimentController::pause() {
  if (!isTraining()) return;
  training_.pause();
  page_.controls()->setState(RunState::Pausing);
}

void ExperimentController::goOn() {
  if (!isTraining()) {
    if (!runFolder().empty()) offers_.resume(runFolder());
    return;
  }
  training_.goOn();
  page_.controls()->setState(RunState::Running);
}

void ExperimentController::stop() {
  if (!isTraining()) return;
  training_.stop();
  page_.controls()->setState(RunState::Stopping);
  Q_EMIT statusChanged(tr("● stopping after this step"));
}

void ExperimentController::startOrPause() {
  if (!isTraining()) {
    start();
  } else if (training_.isPaused()) {
    goOn();
  } else {
    pause();
  }
}

void ExperimentController::showState(RunState state, const QString& words) {
  page_.controls()->setState(state);
  if (!words.isEmpty()) page_.log(words);
  showStatus();
}

/// The same words and the same estimate as beside the buttons.
void ExperimentController::showStatus() {
  if (isTraining()) Q_EMIT statusChanged(tr("● %1").arg(page_.controls()->words()));
}

void ExperimentController::showSteps(const std::vector<StepEvent>& events) {
  page_.append(events);
  page_.controls()->append(events);
  lastStep_ = events.back();
  showStatus();
}

void ExperimentController::takeOutcome(const TrainingOutcome& outcome) {
  if (outcome.run.empty()) {
    page_.log(tr("Stopped before the first step; no run was made."));
    conclude(RunState::Interrupted);
    page_.controls()->setState(std::nullopt);
    Q_EMIT statusChanged(tr("stopped before the first step"));
    return;
  }
  const QString sentence = outcomeWords(outcome);
  page_.log(sentence);
  Q_EMIT checkpointReady(outcome.run);
  conclude(outcome.state);
  offers_.offerAfter(outcome, sentence, cohort_ && fitsTo(outcome.run, *cohort_));
}

void ExperimentController::conclude(RunState state) {
  page_.controls()->setState(state);
  page_.form()->setEditable(true);
  page_.data()->setEditable(true);
  if (cohort_)
    memory_.suit(cohort_->problem.task, !path_);  // a run of other data may have been resumed
  showReadiness();
  Q_EMIT statusChanged(state == RunState::Finished ? tr("run finished")
                       : state == RunState::Failed ? tr("run failed")
                                                   : tr("run stopped, resumable"));
  Q_EMIT trainingEnded();
}

void ExperimentController::warn(const QString& sentence) {
  offers_.withdraw();
  page_.log(sentence);
  page_.notice()->present({Severity::Failure, sentence, {}});
  Q_EMIT problem(sentence);
}

/// A folder that was refused is not remembered.
void ExperimentController::setRunsFolder(const std::filesystem::path& folder) {
  if (const QString why = whyNoRunsIn(folder); !why.isEmpty()) return warn(why);
  settings_.setRunsFolder(folder);
  page_.setRunsFolder(folder);
  showReadiness();
}

void ExperimentController::copyAsCommand() const {
  if (!cohort_) return;
  copy(commandFor({cohort_->folder, settings_.runsFolder(), page_.form()->config()},
                  page_.form()->task()));
}

void ExperimentController::copy(const QString& command) const {
  QGuiApplication::clipboard()->setText(command);
  page_.log(tr("Copied: %1").arg(command));
}

}  // namespace modascope
