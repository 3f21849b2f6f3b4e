#include "app/experiment/experiment_controller.h"

#include <QClipboard>
#include <QGuiApplication>

#include "app/experiment/adaptation_dialog.h"
#include "app/experiment/experiment_page.h"
#include "app/experiment/form/command_words.h"
#include "app/experiment/planning/cohort_words.h"
#include "app/experiment/planning/data_panel.h"
#include "app/experiment/planning/runs_folder.h"
#include "app/jobs/sentence.h"
#include "app/pages/run_choice.h"
#include "app/settings/app_settings.h"
#include "app/settings/path_text.h"
#include "app/work/run_survey.h"
#include "core/config/config_keys.h"
#include "widgets/controls/form/config_form.h"
#include "widgets/controls/notice_card.h"
#include "widgets/controls/run_controls.h"

namespace modascope {
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
      data_(*page.data(), settings),
      views_(page, training_),
      offers_(page, settings, memory_, training_) {
  connectPage();
  connectData();
  connectTraining();
  connectOffers();
  page_.setRunsFolder(settings_.runsFolder());
  page_.controls()->setState(std::nullopt);
  showReadiness();
}

void ExperimentController::connectPage() {
  connect(page_.form(), &ConfigForm::changed, this, &ExperimentController::showReadiness);
  connect(page_.controls(), &RunControls::startRequested, this, &ExperimentController::start);
  connect(page_.controls(), &RunControls::pauseRequested, this, &ExperimentController::pause);
  connect(page_.controls(), &RunControls::resumeRequested, this, &ExperimentController::goOn);
  connect(page_.controls(), &RunControls::stopRequested, this, &ExperimentController::stop);
  connect(&page_, &ExperimentPage::adaptRequested, this, [this] { askToAdapt(); });
  connect(&page_, &ExperimentPage::copyRequested, this, &ExperimentController::copyAsCommand);
  connect(&page_, &ExperimentPage::runsFolderChosen, this, &ExperimentController::setRunsFolder);
}

void ExperimentController::connectData() {
  connect(page_.data(), &DataPanel::pathChosen, this, &ExperimentController::openData);
  connect(page_.data(), &DataPanel::phantomChosen, this, &ExperimentController::openPhantom);
  connect(&memory_, &FormMemory::noted, &page_, &ExperimentPage::log);
  connect(&data_, &ChosenData::opened, this, &ExperimentController::takeCohort);
  connect(&data_, &ChosenData::failed, this, [this](const QString& sentence) {
    showReadiness();
    warn(sentence);
  });
}

void ExperimentController::connectTraining() {
  connect(&views_, &RunViews::statusChanged, this, &ExperimentController::statusChanged);
  connect(&training_, &TrainingJob::checkpointWritten, this,
          [this] { Q_EMIT checkpointReady(training_.folder()); });
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

/// While a run is training on them; that is said.
bool ExperimentController::dataAreFixed() {
  if (isTraining()) warn(tr("The data cannot change while a run is training on it."));
  return isTraining();
}

void ExperimentController::openData(const std::filesystem::path& path) {
  if (whatIs(path).kind != PathKind::Data) return Q_EMIT openingRequested(path);
  if (dataAreFixed()) return;
  data_.open(path);
  page_.notice()->dismiss();
  showReadiness();
}

void ExperimentController::openPhantom() {
  if (dataAreFixed()) return;
  data_.openPhantom(demoPhantom());
  page_.notice()->dismiss();
  memory_.suit(kDefaultTask, true);
  showReadiness();
}

void ExperimentController::takeCohort(const std::shared_ptr<const Cohort>& cohort) {
  memory_.suit(cohort->problem.task, data_.isPhantom());
  page_.log(tr("Data: %1").arg(summaryOf(*cohort).join("; ")));
  showReadiness();
  Q_EMIT cohortOpened(cohort);
}

/// Beside a run's settings stands what it was asked.
void ExperimentController::openConfig(const std::filesystem::path& file) {
  if (isTraining()) {
    page_.log(
        tr("%1 is not opened: a run is going on, and the settings are its own.").arg(asText(file)));
    return;
  }
  try {
    const RunConfig config = readConfig(file);
    const NamedPath run = whatIs(file.parent_path());
    if (run.kind == PathKind::Run)
      page_.form()->setTask(RunFolder::open(run.path).manifest().problem.task);
    setConfig(config);
    page_.log(tr("Settings: %1").arg(asText(file)));
  } catch (const std::exception&) {
    warn(sentenceOfCurrent());
  }
}

/// Empty when a run can start.
QString ExperimentController::whyNotStartable() const {
  if (!cohort()) return tr("There is no data yet.");
  if (const auto why = whyNotTrainable(*cohort())) return *why;
  const QStringList problems = page_.form()->problems();
  return problems.isEmpty() ? QString() : problems.first();
}

void ExperimentController::showReadiness() {
  const QString why = whyNotStartable();
  page_.controls()->setStartable(why.isEmpty(), why);
  planning_.ask(why.isEmpty() && !isTraining() ? cohort() : nullptr, page_.form()->config());
  showAdaptability();
}

void ExperimentController::showAdaptability() {
  if (cohort() == nullptr) return page_.setAdaptable(false, tr("There is no data yet."));
  page_.setAdaptable(cohort()->problem.schema.size() > 1,
                     tr("With one modality there is nothing to miss."));
}

void ExperimentController::setConfig(const RunConfig& config) {
  memory_.show(page_.form()->task(), config);
  showReadiness();
}

void ExperimentController::start() {
  if (isTraining() || !cohort() || whyNotTrainable(*cohort())) return;
  if (!page_.form()->problems().isEmpty()) return warn(page_.form()->problems().join(' '));
  views_.begin(false);
  prepare();
  page_.setRegions(cohort()->problem.regions);
  const RunConfig config = page_.form()->config();
  memory_.show(page_.form()->task(), config);
  page_.controls()->setProgress(0, config.train.steps);
  training_.start({cohort()->folder, settings_.runsFolder(), config});
}

/// Nothing is edited or offered while a run is going on.
void ExperimentController::prepare() {
  planning_.forget();
  offers_.withdraw();
  page_.notice()->dismiss();
  page_.form()->setEditable(false);
  page_.data()->setEditable(false);
  page_.setAdaptable(false, tr("A run is going on."));
  page_.controls()->setState(RunState::Preparing);
  Q_EMIT statusChanged(tr("● preparing the run"));
}

void ExperimentController::goOnWith(const std::filesystem::path& run,
                                    std::optional<std::int64_t> steps) {
  if (isTraining()) return;
  try {
    const RunFolder folder = RunFolder::open(run);
    const RunStatus status = folder.status();
    const Task task = folder.manifest().problem.task;
    RunConfig config = folder.config();
    if (steps) config.train.steps = *steps;
    views_.replay(folder);
    prepare();
    memory_.show(task, config);
    page_.controls()->setProgress(status.step, steps.value_or(status.steps));
    if (steps)
      training_.extend(run, *steps);
    else
      training_.resume(run);
  } catch (const std::exception&) {
    warn(sentenceOfCurrent());
  }
}

void ExperimentController::askToAdapt(const std::filesystem::path& chosen) {
  if (isTraining() || !cohort()) return;
  auto* dialog = new AdaptationDialog(*cohort(), settings_.runsFolder(), chosen, &page_);
  dialog->setAttribute(Qt::WA_DeleteOnClose);
  connect(dialog, &QDialog::accepted, this, [this, dialog] { adapt(dialog->request()); });
  connect(dialog, &AdaptationDialog::copyRequested, this,
          [this, dialog] { copy(commandFor(dialog->request())); });
  dialog->open();
}

void ExperimentController::adapt(const AdaptationRequest& request) {
  if (isTraining()) return;
  views_.begin(true);
  prepare();
  if (cohort()) page_.setRegions(cohort()->problem.regions);
  training_.adapt(request);
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

void ExperimentController::takeOutcome(const TrainingOutcome& outcome) {
  if (outcome.run.empty()) {
    page_.log(tr("Stopped before the first step; no run was made."));
    conclude(RunState::Interrupted);
    page_.controls()->setState(std::nullopt);
    Q_EMIT statusChanged(tr("stopped before the first step"));
    return;
  }
  const QString sentence = views_.conclude(outcome);
  page_.log(sentence);
  Q_EMIT checkpointReady(outcome.run);
  conclude(outcome.state);
  offers_.offerAfter(outcome, sentence, cohort() && fitsTo(outcome.run, *cohort()));
}

void ExperimentController::conclude(RunState state) {
  page_.controls()->setState(state);
  page_.form()->setEditable(true);
  page_.data()->setEditable(true);
  if (cohort())
    memory_.suit(cohort()->problem.task,
                 data_.isPhantom());  // a run of other data may have been resumed
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
  if (!cohort()) return;
  copy(commandFor({cohort()->folder, settings_.runsFolder(), page_.form()->config()},
                  page_.form()->task()));
}

void ExperimentController::copy(const QString& command) const {
  QGuiApplication::clipboard()->setText(command);
  page_.log(tr("Copied: %1").arg(command));
}

}  // namespace modascope
